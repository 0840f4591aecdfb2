/**
 * Histograms of all cells at once: `np.histogram(values, N, range)[0]`, cast or not, where each row has one value and the
 * range is the same in a whole chunk. What evaluating cell by cell gives, without an array for each cell.
 */
import type { CellSegments, Column } from "@zagg/core";
import { addToHistogram } from "../kernels/histogram.js";
import { compileArrays } from "./array/array-expression.js";
import { isNumpy, needsArrays } from "./array/needs-arrays.js";
import { Compiler } from "./compiler.js";
import { numpyTypeNames, typeOfTree } from "./dtype-names.js";
import type { Source } from "./failure.js";
import { numberOf } from "./term.js";
import type { Argument, Tree, TreeOf } from "./tree.js";
import { strong, type NumberType } from "./types.js";

export interface HistogramExpression {
  readonly bins: number;
  /**
   * Counts of every cell that has rows, in out[cell · bins …]; other cells are left as they are.
   * @throws ConfigError `EXPRESSION_…`
   */
  evaluate(segments: CellSegments, out: Float64Array): void;
}

/** Names the values where the edges are made; no name of a config has a space. */
const VALUES = "the values";
/** Types that every count fits. */
const wideTypes: ReadonlySet<NumberType> = new Set<NumberType>([
  "int32",
  "uint32",
  "int64",
  "uint64",
  "float64",
]);
const NO_ROWS = Int32Array.of(0, 0);

/** Undefined for an expression of another form; it is to be one that compiles. */
export function compileHistogram(
  source: Source,
  tree: Tree,
  columns: readonly string[],
  chunkValues: readonly string[],
): HistogramExpression | undefined {
  const call = histogramCall(tree);
  if (call === undefined || columns.some((name) => name === "np" || name === "numpy")) return undefined;
  const [values, bins, range] = ["a", "bins", "range"].map((name, place) => argument(call.args, name, place));
  if (values === undefined || bins === undefined || range === undefined || call.args.length !== 3)
    return undefined;
  if (needsArrays(values, new Set(chunkValues)) || needsArrays(bins, new Set(chunkValues))) return undefined;

  const compiler = new Compiler(source, columns);
  const [rows, count] = [compiler.compile(values), compiler.compile(bins)];
  if (rows.rank !== "row" || count.rank !== "constant") return undefined;
  const edgesOf = compileEdges(source, call, values, chunkValues);
  if (edgesOf === undefined) return undefined;

  return {
    bins: numberOf(count),
    evaluate(segments, out) {
      const { type, data } = rows.evaluate(segments);
      const edges = edgesOf(segments, type);
      const width = edges.length - 1;
      for (let cell = 0; cell < segments.cells; cell++) {
        const start = segments.offsets[cell]!;
        const stop = segments.offsets[cell + 1]!;
        if (start === stop) continue;
        out.fill(0, cell * width, (cell + 1) * width);
        addToHistogram(data, start, stop, edges, out, cell * width);
      }
    },
  };
}

type Edges = (segments: CellSegments, type: NumberType) => Float64Array;

/** The edges are those of the same call without values; undefined when its range reads columns, and so is a cell's own. */
function compileEdges(
  source: Source,
  call: TreeOf<"call">,
  values: Tree,
  chunkValues: readonly string[],
): Edges | undefined {
  const { at, depth } = call;
  const args = call.args.map((one) =>
    one.value === values ? { ...one, value: { kind: "name", name: VALUES, at, depth } as const } : one,
  );
  const index: Tree = { kind: "number", value: 1, integer: true, at, depth: 1 };
  const tree: Tree = { kind: "subscript", object: { ...call, args }, index, at, depth: depth + 1 };
  try {
    const { evaluate } = compileArrays(source, tree, [], [...chunkValues, VALUES]);
    return (segments, type) => {
      const dtype = strong(type);
      const chunkValue: CellSegments["chunkValue"] = (name) =>
        name === VALUES ? { dtype, shape: [0], data: new Float64Array(0) } : segments.chunkValue(name);
      const { data } = evaluate({ ...segments, offsets: NO_ROWS, chunkValue }, 0);
      return data instanceof Float64Array ? data : new Float64Array(data as Column);
    };
  } catch {
    return undefined;
  }
}

/** The call in `call[0]` or `call[0].astype(…)`. */
function histogramCall(tree: Tree): TreeOf<"call"> | undefined {
  const counts = uncast(tree);
  if (counts?.kind !== "subscript" || counts.index.kind !== "number" || counts.index.value !== 0)
    return undefined;
  const { object } = counts;
  if (object.kind !== "call" || object.callee.kind !== "attribute" || object.callee.name !== "histogram")
    return undefined;
  return isNumpy(object.callee.object) ? object : undefined;
}

/** What a cast to a type that every count fits is applied to; the tree itself when it is no cast. */
function uncast(tree: Tree): Tree | undefined {
  if (tree.kind !== "call" || tree.callee.kind !== "attribute") return tree;
  const { name, object } = tree.callee;
  const [first] = tree.args;
  if (tree.args.length !== 1 || first === undefined || first.name !== null) return undefined;
  if (name === "astype") return isWide(typeOfTree(first.value)) ? object : undefined;
  return isNumpy(object) && numpyTypeNames.has(name) && wideTypes.has(name as NumberType)
    ? first.value
    : undefined;
}

function isWide(type: NumberType | undefined): boolean {
  return type !== undefined && wideTypes.has(type);
}

function argument(args: readonly Argument[], name: string, place: number): Tree | undefined {
  const positional = args[place];
  if (positional?.name === null) return positional.value;
  return args.find((one) => one.name === name)?.value;
}
