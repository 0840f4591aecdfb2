/** From a tree to closures over arrays, evaluated once for each cell. Names, functions and arguments are checked when compiled. */
import type { Complaints } from "../complaints.js";
import { numpyTypeNames } from "../dtype-names.js";
import { failure, type Source } from "../failure.js";
import { numpyConstants } from "../functions.js";
import { builtins } from "../names.js";
import type { Tree, TreeOf } from "../tree.js";
import { columnType, isBoolean, strong } from "../types.js";
import { ArrayCalls, arrayMembers, type ArrayCallSite } from "./array-calls.js";
import { compareArrays, operateArrays, operateUnaryArray } from "./broadcast.js";
import { toArray } from "./convert.js";
import { arrayFunctions } from "./functions/index.js";
import { MAX_ELEMENTS, isArray, scalarArray, type ArrayComplaints, type NdArray } from "./nd-array.js";
import type { Evaluate, EvaluateArray } from "./scope.js";
import { compileSubscript } from "./subscripts.js";

/** Elements that one cell may compute in all, beside so many for each row. */
export const CELL_BUDGET = 4 * MAX_ELEMENTS;

/** Compiles one expression, and notes what it reads. */
export class ArrayCompiler implements ArrayCallSite {
  readonly inputs = new Set<string>();
  readonly chunkInputs = new Set<string>();
  readonly source: Source;
  readonly complaints: Complaints;
  readonly #columns: ReadonlySet<string>;
  readonly #chunkValues: ReadonlySet<string>;
  readonly #calls = new ArrayCalls(this);

  constructor(
    source: Source,
    complaints: Complaints,
    columns: readonly string[],
    chunkValues: readonly string[],
  ) {
    this.source = source;
    this.complaints = complaints;
    this.#columns = new Set(columns);
    this.#chunkValues = new Set(chunkValues);
  }

  /** The value of a tree, counted against the budget of its cell. */
  compile(tree: Tree): Evaluate {
    const evaluate = this.#compile(tree);
    if (tree.kind === "name" || tree.kind === "number" || tree.kind === "constant") return evaluate;
    const complain = this.at(tree.at);
    return (scope) => {
      const value = evaluate(scope);
      if (isArray(value)) scope.budget -= value.data.length;
      if (scope.budget < 0)
        throw complain.limit("a cell computes too many numbers", `${CELL_BUDGET} are enough for one`);
      return value;
    };
  }

  #compile(tree: Tree): Evaluate {
    const { at } = tree;
    switch (tree.kind) {
      case "number": {
        const value = scalarArray(tree.integer ? "pyint" : "pyfloat", tree.value);
        return () => value;
      }
      case "string":
        return () => tree.value;
      case "constant": {
        const value = tree.value === null ? null : scalarArray("pybool", Number(tree.value));
        return () => value;
      }
      case "name":
        return this.#name(tree);
      case "attribute":
        return this.#attribute(tree);
      case "call":
        return this.#call(tree);
      case "tuple":
      case "list": {
        const items = tree.items.map((item) => this.compile(item));
        return (scope) => items.map((item) => item(scope));
      }
      case "subscript":
        return compileSubscript(this, tree);
      case "slice":
        throw this.complaints.type("a slice stands alone", "it belongs between brackets after an array", at);
      case "unary":
        return this.#unary(tree);
      case "binary": {
        const complain = this.at(at);
        const [left, right] = [this.array(tree.left), this.array(tree.right)];
        if (tree.operator === "@") {
          const multiply = arrayFunctions.get("dot")!;
          return (scope) =>
            multiply.apply(
              new Map([
                ["a", left(scope)],
                ["b", right(scope)],
              ]),
              complain,
            );
        }
        return (scope) => operateArrays(tree.operator, left(scope), right(scope), complain);
      }
      case "compare":
        return this.#compare(tree);
      case "boolean": {
        const [left, right] = [this.array(tree.left), this.array(tree.right)];
        const complain = this.at(at);
        return (scope) => {
          const first = left(scope);
          return truth(first, complain) === (tree.operator === "and") ? right(scope) : first;
        };
      }
      case "conditional": {
        const [test, yes, no] = [this.array(tree.test), this.compile(tree.yes), this.compile(tree.no)];
        const complain = this.at(at);
        return (scope) => (truth(test(scope), complain) ? yes(scope) : no(scope));
      }
    }
  }

  /** The value of a tree as an array; a list is stacked. */
  array(tree: Tree): EvaluateArray {
    const evaluate = this.compile(tree);
    const complain = this.at(tree.at);
    return (scope) => toArray(evaluate(scope), complain);
  }

  #name({ name, at }: TreeOf<"name">): Evaluate {
    if (this.#columns.has(name)) {
      this.inputs.add(name);
      return (scope) => {
        const data = scope.column(name);
        return { type: columnType(data), shape: [data.length], data };
      };
    }
    if (this.#chunkValues.has(name)) {
      this.chunkInputs.add(name);
      return (scope) => scope.chunkValue(name);
    }
    throw this.complaints.unknownName(name, at);
  }

  #attribute(tree: TreeOf<"attribute">): Evaluate {
    const { name, at } = tree;
    if (this.#isNumpy(tree.object)) {
      if (name === "newaxis") return () => null;
      const value = numpyConstants.get(name);
      if (value === undefined) {
        if (!arrayFunctions.has(name) && !numpyTypeNames.has(name))
          throw this.complaints.unknownNumpyName(name, at);
        throw this.complaints.type(`np.${name} is used as a value`, "it is a function", at);
      }
      const constant = scalarArray("pyfloat", value);
      return () => constant;
    }
    if (!["size", "shape", "ndim", "T"].includes(name))
      throw this.complaints.unknownMember(name, arrayMembers, at);
    const object = this.array(tree.object);
    const transpose = arrayFunctions.get("transpose")!;
    const complain = this.at(at);
    return (scope) => {
      const array = object(scope);
      if (name === "size") return scalarArray("pyint", array.data.length);
      if (name === "ndim") return scalarArray("pyint", array.shape.length);
      if (name === "shape") return array.shape.map((extent) => scalarArray("pyint", extent));
      return transpose.apply(new Map([["a", array]]), complain);
    };
  }

  #call({ callee, args, at }: TreeOf<"call">): Evaluate {
    if (callee.kind === "attribute") {
      if (this.#isNumpy(callee.object)) return this.#calls.numpy(callee.name, args, callee.at);
      return this.#calls.method(callee, args);
    }
    if (callee.kind !== "name" || this.#columns.has(callee.name) || this.#chunkValues.has(callee.name)) {
      throw this.complaints.type("a value is called", "only functions can be called", at);
    }
    if (!builtins.includes(callee.name)) throw this.complaints.unknownName(callee.name, at);
    return this.#calls.builtin(callee.name, args, at);
  }

  #unary({ operator, operand, at }: TreeOf<"unary">): Evaluate {
    const value = this.array(operand);
    const complain = this.at(at);
    if (operator === "not") return (scope) => scalarArray("pybool", truth(value(scope), complain) ? 0 : 1);
    return (scope) => operateUnaryArray(operator, value(scope), complain);
  }

  #compare({ operators, operands, at }: TreeOf<"compare">): Evaluate {
    const values = operands.map((operand) => this.array(operand));
    const complain = this.at(at);
    return (scope) => {
      let left = values[0]!(scope);
      for (const [i, operator] of operators.entries()) {
        const right = values[i + 1]!(scope);
        const result = compareArrays(operator, left, right, complain);
        if (i === operators.length - 1 || !truth(result, complain)) return result;
        left = right;
      }
      return left;
    };
  }

  #isNumpy(tree: Tree): boolean {
    return (
      tree.kind === "name" && (tree.name === "np" || tree.name === "numpy") && !this.#columns.has(tree.name)
    );
  }

  at(at: number): ArrayComplaints {
    const { type, value } = this.complaints.at(at);
    const coded = (code: "EXPRESSION_SHAPE" | "EXPRESSION_LIMIT") => (what: string, why: string) =>
      failure(code, this.source, at, { what, why, mend: "correct it at the mark" });
    return { type, value, shape: coded("EXPRESSION_SHAPE"), limit: coded("EXPRESSION_LIMIT") };
  }
}

/** Python's truth of a value: of one number. */
function truth(array: NdArray, complain: ArrayComplaints): boolean {
  if (array.data.length === 1) return array.data[0] !== 0;
  throw complain.type(
    `the truth of ${array.data.length} numbers is asked for`,
    "it is ambiguous: use .any() or .all()",
  );
}

/** The stored type of an array: a Python scalar's own. */
export function storedType(array: NdArray): ReturnType<typeof strong> {
  return isBoolean(array.type) ? "bool" : strong(array.type);
}
