/** An expression over arrays, evaluated cell by cell. */
import type { CellSegments, ChunkValue } from "@zagg/core";
import { Complaints } from "../complaints.js";
import type { Source } from "../failure.js";
import type { Tree } from "../tree.js";
import { ArrayCompiler, CELL_BUDGET } from "./array-compiler.js";
import { toArray } from "./convert.js";
import type { ArrayComplaints, NdArray } from "./nd-array.js";
import type { ArrayScope } from "./scope.js";
import { failure } from "../failure.js";

/** Elements that a cell may compute for each of its rows. */
const BUDGET_PER_ROW = 10_000;

export interface ArrayExpression {
  readonly inputs: readonly string[];
  readonly chunkInputs: readonly string[];
  /** The value in one cell. @throws ConfigError `EXPRESSION_…` */
  evaluate(segments: CellSegments, cell: number): NdArray;
}

/** @throws ConfigError `EXPRESSION_NAME`, `EXPRESSION_ARGUMENT`, `EXPRESSION_TYPE` */
export function compileArrays(
  source: Source,
  tree: Tree,
  columns: readonly string[],
  chunkValues: readonly string[],
): ArrayExpression {
  const complaints = new Complaints(source, columns, chunkValues);
  const compiler = new ArrayCompiler(source, complaints, columns, chunkValues);
  const evaluate = compiler.compile(tree);
  const inputs = [...compiler.inputs];
  const shapeless: ArrayComplaints = {
    ...complaints.at(tree.at),
    shape: (what, why) => failure("EXPRESSION_SHAPE", source, tree.at, { what, why, mend: "give one array" }),
    limit: (what, why) => failure("EXPRESSION_LIMIT", source, tree.at, { what, why, mend: "use less" }),
  };
  return {
    inputs,
    chunkInputs: [...compiler.chunkInputs],
    evaluate(segments, cell) {
      const start = segments.offsets[cell]!;
      const stop = segments.offsets[cell + 1]!;
      const scope: ArrayScope = {
        column: (name) => segments.column(name).subarray(start, stop),
        chunkValue: (name) => arrayOf(segments.chunkValue(name)),
        budget: CELL_BUDGET + BUDGET_PER_ROW * (stop - start),
      };
      return toArray(evaluate(scope), shapeless);
    },
  };
}

function arrayOf({ dtype, shape, data }: ChunkValue): NdArray {
  return { type: dtype, shape, data };
}
