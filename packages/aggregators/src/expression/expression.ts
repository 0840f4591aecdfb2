/** Expressions in a numpy-flavoured subset of Python, over columns sorted by cell. */
import type { CellSegments, Column } from "@zagg/core";
import { compileArrays, type ArrayExpression } from "./array/array-expression.js";
import { showShape } from "./array/broadcast.js";
import { compileHistogram, type HistogramExpression } from "./histogram-expression.js";
import { needsArrays } from "./array/needs-arrays.js";
import { Compiler } from "./compiler.js";
import { failure, type Source } from "./failure.js";
import { parse } from "./parser.js";
import type { Tree } from "./tree.js";
import { storage } from "./types.js";
import { spread, type Rank, type Value } from "./value.js";

/** What an expression may name, and where it stands. */
export interface ExpressionContext {
  /** Names of the columns there are. */
  readonly columns: readonly string[];
  /** Names of the chunk values there are; none when left out. */
  readonly chunkValues?: readonly string[];
  /** JSON pointer into the config, for errors. */
  readonly path?: string;
}

/** An expression ready to be evaluated. Immutable; holds no state between calls. */
export interface CompiledExpression {
  /** Columns it reads, in order of first use. */
  readonly inputs: readonly string[];
  /** Chunk values it reads, in order of first use. */
  readonly chunkInputs: readonly string[];
  /** One number, one for each cell, or one for each row; `array` for one that indexes, slices or makes arrays, which is known cell by cell. */
  readonly rank: Rank | "array";
  /** A number for each row; read only, for it may be a column itself. @throws ConfigError `EXPRESSION_TYPE`, `EXPRESSION_VALUE` */
  evaluateRows(segments: CellSegments): Column;
  /**
   * A number for each cell, written where a cell has rows.
   * @throws ConfigError `EXPRESSION_RANK` for what is not one number; `EXPRESSION_SHAPE`, `EXPRESSION_TYPE`, `EXPRESSION_VALUE`
   */
  evaluateCells(segments: CellSegments, out: Float64Array): void;
}

/** An expression whose value in a cell is an array. */
export interface VectorExpression extends ArrayExpression {
  /** The same for all cells at once, when it counts values in bins. */
  readonly histogram: HistogramExpression | undefined;
}

/** Chooses rows by an expression. */
export interface ExpressionMask {
  readonly inputs: readonly string[];
  /** 1 where a row is kept, else 0; length `rows`. */
  mask(column: (name: string) => Column, rows: number): Uint8Array;
}

/**
 * Parses, checks and compiles an expression. Nothing of it is ever run as code.
 *
 * @example
 * const weight = compileExpression("1.0 / s_li**2", { columns: ["h_li", "s_li"] });
 * weight.rank; // "row"
 * @throws ConfigError `EXPRESSION_SYNTAX`, `EXPRESSION_LIMIT`, `EXPRESSION_NAME`, `EXPRESSION_ARGUMENT`, `EXPRESSION_TYPE`,
 * `EXPRESSION_RANK`, `EXPRESSION_SHAPE`, `EXPRESSION_UNSUPPORTED`, `EXPRESSION_VALUE`; each shows the place
 */
export function compileExpression(text: string, context: ExpressionContext): CompiledExpression {
  const source: Source = { text, path: context.path };
  const { columns, chunkValues = [] } = context;
  const tree = parse(source);
  if (needsArrays(tree, new Set(chunkValues))) return cellByCell(source, tree, columns, chunkValues);
  const compiler = new Compiler(source, columns);
  const { rank, evaluate } = compiler.compile(tree);
  return {
    inputs: [...compiler.inputs],
    chunkInputs: [],
    rank,
    evaluateRows: (segments) => rowsOf(evaluate(segments), segments),
    evaluateCells(segments, out) {
      if (rank === "row") throw notScalar(source, tree.at);
      const { data } = evaluate(segments);
      const step = rank === "cell" ? 1 : 0;
      for (let cell = 0; cell < segments.cells; cell++) {
        if (segments.offsets[cell + 1] !== segments.offsets[cell]) out[cell] = data[cell * step]!;
      }
    },
  };
}

/**
 * Parses, checks and compiles an expression whose value in a cell is an array of any shape.
 * @throws ConfigError as {@link compileExpression}
 */
export function compileArrayExpression(text: string, context: ExpressionContext): VectorExpression {
  const source: Source = { text, path: context.path };
  const { columns, chunkValues = [] } = context;
  const tree = parse(source);
  return {
    ...compileArrays(source, tree, columns, chunkValues),
    histogram: compileHistogram(source, tree, columns, chunkValues),
  };
}

function cellByCell(
  source: Source,
  tree: Tree,
  columns: readonly string[],
  chunkValues: readonly string[],
): CompiledExpression {
  const { inputs, chunkInputs, evaluate } = compileArrays(source, tree, columns, chunkValues);
  return {
    inputs,
    chunkInputs,
    rank: "array",
    evaluateRows() {
      throw failure("EXPRESSION_RANK", source, tree.at, {
        what: "the expression makes arrays",
        why: "a value per row is needed, from that row alone",
        mend: "make it from columns, operators and elementwise functions",
      });
    },
    evaluateCells(segments, out) {
      for (let cell = 0; cell < segments.cells; cell++) {
        if (segments.offsets[cell + 1] === segments.offsets[cell]) continue;
        const { shape, data } = evaluate(segments, cell);
        if (shape.length > 0) throw notScalar(source, tree.at, shape);
        out[cell] = data[0]!;
      }
    },
  };
}

/**
 * Compiles an expression that gives a boolean for each row, from that row alone: which rows come together is not its business.
 * @throws ConfigError as {@link compileExpression}; `EXPRESSION_RANK` for one that gives no value for each row, or that reduces
 */
export function expressionMask(text: string, context: ExpressionContext): ExpressionMask {
  const source: Source = { text, path: context.path };
  const compiler = new Compiler(source, context.columns);
  const { rank, at, evaluate } = compiler.compile(parse(source));
  if (compiler.reductionAt !== undefined) {
    throw failure("EXPRESSION_RANK", source, compiler.reductionAt, {
      what: "the filter reduces rows",
      why: "a filter sees one row at a time, so that its result does not depend on which rows are read together",
      mend: "compare with a number",
    });
  }
  if (rank !== "row") {
    throw failure("EXPRESSION_RANK", source, at, {
      what: `the filter gives one value a ${rank}`,
      why: "a filter decides row by row",
      mend: "compare a column with something",
    });
  }
  return {
    inputs: [...compiler.inputs],
    mask(column, rows) {
      const offsets = Int32Array.of(0, rows);
      const scratch = (name: string) => new Float64Array(column(name));
      const { type, data } = evaluate({ cells: 1, rows, offsets, column, scratch, chunkValue });
      if (type === "bool") return data as Uint8Array;
      throw failure("EXPRESSION_TYPE", source, at, {
        what: `the filter gives values of type ${type}`,
        why: "a filter says true or false",
        mend: "compare them with something, as in `x != 0`",
      });
    },
  };
}

/** A filter is tested before there are chunks. */
function chunkValue(name: string): never {
  throw new RangeError(`a filter has no chunk value ${name}`);
}

/** The error for an expression that gives other than one number where each cell needs one. */
export function notScalar(source: Source, at: number, shape?: readonly number[]) {
  return failure("EXPRESSION_RANK", source, at, {
    what: `the expression produced a non-scalar: ${shape === undefined ? "a value per row" : `shape ${showShape(shape)}`}`,
    why: "a scalar field holds one value per cell",
    mend: "reduce it, as in np.mean(…)",
  });
}

function rowsOf(value: Value, segments: CellSegments): Column {
  if (value.rank === "constant") return storage(value.type, segments.rows).fill(value.data[0]!);
  return spread(value, "row", segments);
}
