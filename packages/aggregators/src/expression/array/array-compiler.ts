/** From a tree to closures over arrays, evaluated once a cell. Names, functions and arguments are checked when compiled. */
import { matchArguments } from "../arguments.js";
import type { Complaints } from "../complaints.js";
import { numpyTypeNames, typeNamed, typeOfTree } from "../dtype-names.js";
import { failure, type Source } from "../failure.js";
import { numpyConstants } from "../functions.js";
import { builtins } from "../names.js";
import type { Argument, Tree, TreeOf } from "../tree.js";
import { columnType, isBoolean, isWeak, strong, type NumberType } from "../types.js";
import { compareArrays, operateArrays, operateUnaryArray, showShape } from "./broadcast.js";
import { castArray, toArray, wholeNumber } from "./convert.js";
import { arrayFunctions } from "./functions/index.js";
import { indexArray, type IndexPart } from "./indexing.js";
import {
  MAX_ELEMENTS,
  isArray,
  scalarArray,
  type ArrayComplaints,
  type ArrayFunction,
  type NdArray,
  type Operand,
} from "./nd-array.js";

/** What a cell offers to an expression. */
export interface ArrayScope {
  column(name: string): NdArray["data"];
  chunkValue(name: string): NdArray;
  /** Elements that may still be computed for this cell; counted down. */
  budget: number;
}

type Evaluate = (scope: ArrayScope) => Operand;

/** Elements that one cell may compute in all, beside so many a row. */
export const CELL_BUDGET = 4 * MAX_ELEMENTS;

/** Methods of an array that are functions of it. */
const methodFunctions: ReadonlySet<string> = new Set([
  "all", "any", "argmax", "argmin", "argsort", "clip", "cumprod", "cumsum", "dot", "max", "mean", "min", "nonzero",
  "prod", "ravel", "repeat", "reshape", "round", "searchsorted", "squeeze", "std", "sum", "take", "transpose", "var",
]); // prettier-ignore
/** What a value has after a dot. */
export const arrayMembers: readonly string[] = [
  ...methodFunctions,
  "T",
  "astype",
  "flatten",
  "item",
  "ndim",
  "shape",
  "size",
].sort();

/** Compiles one expression, and notes what it reads. */
export class ArrayCompiler {
  readonly inputs = new Set<string>();
  readonly chunkInputs = new Set<string>();
  readonly #source: Source;
  readonly #complaints: Complaints;
  readonly #columns: ReadonlySet<string>;
  readonly #chunkValues: ReadonlySet<string>;

  constructor(
    source: Source,
    complaints: Complaints,
    columns: readonly string[],
    chunkValues: readonly string[],
  ) {
    this.#source = source;
    this.#complaints = complaints;
    this.#columns = new Set(columns);
    this.#chunkValues = new Set(chunkValues);
  }

  /** The value of a tree, counted against the budget of its cell. */
  compile(tree: Tree): Evaluate {
    const evaluate = this.#compile(tree);
    if (tree.kind === "name" || tree.kind === "number" || tree.kind === "constant") return evaluate;
    const complain = this.#at(tree.at);
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
        return this.#subscript(tree);
      case "slice":
        throw this.#complaints.type("a slice stands alone", "it belongs between brackets after an array", at);
      case "unary":
        return this.#unary(tree);
      case "binary": {
        const complain = this.#at(at);
        const [left, right] = [this.#array(tree.left), this.#array(tree.right)];
        if (tree.operator === "@") {
          const multiply = arrayFunctions.get("dot") as ArrayFunction;
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
        const [left, right] = [this.#array(tree.left), this.#array(tree.right)];
        const complain = this.#at(at);
        return (scope) => {
          const first = left(scope);
          return truth(first, complain) === (tree.operator === "and") ? right(scope) : first;
        };
      }
      case "conditional": {
        const [test, yes, no] = [this.#array(tree.test), this.compile(tree.yes), this.compile(tree.no)];
        const complain = this.#at(at);
        return (scope) => (truth(test(scope), complain) ? yes(scope) : no(scope));
      }
    }
  }

  /** The value of a tree as an array; a list is stacked. */
  #array(tree: Tree): (scope: ArrayScope) => NdArray {
    const evaluate = this.compile(tree);
    const complain = this.#at(tree.at);
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
    throw this.#complaints.unknownName(name, at);
  }

  #attribute(tree: TreeOf<"attribute">): Evaluate {
    const { name, at } = tree;
    if (this.#isNumpy(tree.object)) {
      if (name === "newaxis") return () => null;
      const value = numpyConstants.get(name);
      if (value === undefined) {
        if (!arrayFunctions.has(name) && !numpyTypeNames.has(name))
          throw this.#complaints.unknownNumpyName(name, at);
        throw this.#complaints.type(`np.${name} is used as a value`, "it is a function", at);
      }
      const constant = scalarArray("pyfloat", value);
      return () => constant;
    }
    if (!["size", "shape", "ndim", "T"].includes(name))
      throw this.#complaints.unknownMember(name, arrayMembers, at);
    const object = this.#array(tree.object);
    const transpose = arrayFunctions.get("transpose") as ArrayFunction;
    const complain = this.#at(at);
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
      if (this.#isNumpy(callee.object)) return this.#numpy(callee.name, args, callee.at);
      return this.#method(callee, args);
    }
    if (callee.kind !== "name" || this.#columns.has(callee.name) || this.#chunkValues.has(callee.name)) {
      throw this.#complaints.type("a value is called", "only functions can be called", at);
    }
    if (!builtins.includes(callee.name)) throw this.#complaints.unknownName(callee.name, at);
    return this.#builtin(callee.name, args, at);
  }

  #numpy(name: string, args: readonly Argument[], at: number): Evaluate {
    const known = arrayFunctions.get(name);
    if (known !== undefined) return this.#function(name, known, args, at);
    const type = numpyTypeNames.has(name) ? typeNamed(name) : undefined;
    if (type === undefined) throw this.#complaints.unknownNumpyName(name, at);
    const matched = matchArguments(this.#source, { name, at, positional: ["x"], required: 1 }, args);
    const value = this.#array(matched.get("x") as Tree);
    return (scope) => castArray(value(scope), type);
  }

  #method({ name, object, at }: TreeOf<"attribute">, args: readonly Argument[]): Evaluate {
    if (name === "astype") {
      const matched = matchArguments(this.#source, { name, at, positional: ["dtype"], required: 1 }, args);
      const type = this.#dtype(matched.get("dtype") as Tree);
      const value = this.#array(object);
      return (scope) => castArray(value(scope), type);
    }
    const self = { name: null, value: object, at: object.at };
    if (name === "flatten" || name === "item") {
      matchArguments(this.#source, { name, at, positional: [], required: 0 }, args);
      const value = this.#array(object);
      const complain = this.#at(at);
      return (scope) => {
        const array = value(scope);
        if (name === "item" && array.data.length !== 1)
          throw complain.value(
            `item of ${array.data.length} elements is asked for`,
            "only a single one can be taken out",
          );
        return { ...array, shape: name === "item" ? [] : [array.data.length] };
      };
    }
    const known = methodFunctions.has(name) ? arrayFunctions.get(name) : undefined;
    if (known === undefined) throw this.#complaints.unknownMember(name, arrayMembers, at);
    const several = (name === "reshape" || name === "transpose") && args.length > 1;
    const rest = several
      ? [
          {
            name: null,
            value: { kind: "tuple", items: args.map(({ value }) => value), at, depth: 1 } as const,
            at,
          },
        ]
      : args;
    return this.#function(name, known, [self, ...rest], at);
  }

  #function(name: string, known: ArrayFunction, args: readonly Argument[], at: number): Evaluate {
    const { parameters, required, named = [] } = known;
    const matched = matchArguments(this.#source, { name, at, positional: parameters, required, named }, args);
    const compiled = [...matched].map(([parameter, tree]): readonly [string, Evaluate] => {
      if (parameter !== "dtype") return [parameter, this.compile(tree)];
      const type = this.#dtype(tree);
      return [parameter, () => type];
    });
    const complain = this.#at(at);
    return (scope) =>
      known.apply(new Map(compiled.map(([parameter, evaluate]) => [parameter, evaluate(scope)])), complain);
  }

  #dtype(tree: Tree): NumberType {
    const type = typeOfTree(tree);
    if (type !== undefined) return type;
    throw this.#complaints.argument(
      "a dtype is something that is not a type",
      "it takes the name of a type",
      'write it like "float32" or np.float32',
      tree.at,
    );
  }

  #builtin(name: string, args: readonly Argument[], at: number): Evaluate {
    const complain = this.#at(at);
    const parameters = name === "sum" ? ["iterable"] : ["x"];
    const matched = matchArguments(this.#source, { name, at, positional: parameters, required: 1 }, args);
    const of = this.#array(matched.get(parameters[0] as string) as Tree);
    const numpy = (function_: string, array: NdArray) =>
      (arrayFunctions.get(function_) as ArrayFunction).apply(
        new Map([[function_ === "abs" ? "x" : "a", array]]),
        complain,
      );
    return (scope) => {
      const array = of(scope);
      switch (name) {
        case "len":
          if (array.shape.length === 0)
            throw complain.type("the length of a number is asked for", "only arrays have one");
          return scalarArray("pyint", array.shape[0] as number);
        case "abs": {
          const absolute = numpy("abs", array) as NdArray;
          return isWeak(array.type)
            ? castArray(absolute, array.type === "pybool" ? "pyint" : array.type)
            : absolute;
        }
        case "sum":
          if (array.shape.length !== 1)
            throw complain.type("sum is given other than a line of numbers", "use np.sum");
          return castArray(
            numpy("sum", array) as NdArray,
            isBoolean(array.type) ? "int64" : strong(array.type),
          );
        default: {
          if (array.data.length !== 1 || array.shape.length > 0)
            throw complain.type(
              `${name} is given an array of shape ${showShape(array.shape)}`,
              "it takes one number",
            );
          const value = array.data[0] as number;
          if (name === "int" && !Number.isFinite(value))
            throw complain.value(`int is given ${value}`, "no integer is that");
          return scalarArray(
            name === "float" ? "pyfloat" : "pyint",
            name === "int" ? Math.trunc(value) : value,
          );
        }
      }
    };
  }

  #subscript({ object, index, at }: TreeOf<"subscript">): Evaluate {
    const of = this.compile(object);
    const complain = this.#at(at);
    const parts = (index.kind === "tuple" ? index.items : [index]).map((part) => this.#indexPart(part));
    return (scope) => {
      const value = of(scope);
      const found = parts.map((part) => {
        const one = part(scope);
        return one.kind === "value" && Array.isArray(one.value)
          ? { ...one, value: toArray(one.value, complain) }
          : one;
      });
      if (isArray(value)) return indexArray(value, found, complain);
      if (!Array.isArray(value))
        throw complain.type("a text or None is indexed", "only arrays and tuples are");
      const [only] = found;
      if (found.length !== 1 || only?.kind !== "value")
        throw complain.type("a tuple is sliced", "take one of its items");
      const items = value as readonly Operand[];
      const number = wholeNumber(only.value, "the index of a tuple", complain);
      const item = items[number < 0 ? number + items.length : number];
      if (item === undefined)
        throw complain.value(
          `item ${number} of a tuple of ${items.length} is asked for`,
          "there is no such item",
        );
      return item;
    };
  }

  #indexPart(tree: Tree): (scope: ArrayScope) => IndexPart {
    if (tree.kind !== "slice") {
      const value = this.compile(tree);
      return (scope) => ({ kind: "value", value: value(scope) });
    }
    const complain = this.#at(tree.at);
    const bounds = [0, 1, 2].map((i) => {
      const part = tree.parts[i];
      return part === null || part === undefined ? undefined : this.compile(part);
    });
    return (scope) => {
      const [start = null, stop = null, step = null] = bounds.map((bound) => {
        const value = bound?.(scope) ?? null;
        return value === null ? null : wholeNumber(value, "a bound of a slice", complain);
      });
      return { kind: "slice", start, stop, step };
    };
  }

  #unary({ operator, operand, at }: TreeOf<"unary">): Evaluate {
    const value = this.#array(operand);
    const complain = this.#at(at);
    if (operator === "not") return (scope) => scalarArray("pybool", truth(value(scope), complain) ? 0 : 1);
    return (scope) => operateUnaryArray(operator, value(scope), complain);
  }

  #compare({ operators, operands, at }: TreeOf<"compare">): Evaluate {
    const values = operands.map((operand) => this.#array(operand));
    const complain = this.#at(at);
    return (scope) => {
      let left = (values[0] as (scope: ArrayScope) => NdArray)(scope);
      for (const [i, operator] of operators.entries()) {
        const right = (values[i + 1] as (scope: ArrayScope) => NdArray)(scope);
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

  #at(at: number): ArrayComplaints {
    const { type, value } = this.#complaints.at(at);
    const coded = (code: "EXPRESSION_SHAPE" | "EXPRESSION_LIMIT") => (what: string, why: string) =>
      failure(code, this.#source, at, { what, why, mend: "correct it at the mark" });
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
