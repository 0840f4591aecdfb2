/** Compiles calls: Python's own functions, those of NumPy, and methods of arrays. */
import { matchArguments } from "../arguments.js";
import type { Complaints } from "../complaints.js";
import { numpyTypeNames, typeNamed, typeOfTree } from "../dtype-names.js";
import type { Source } from "../failure.js";
import type { Argument, Tree, TreeOf } from "../tree.js";
import { isBoolean, isWeak, strong, type NumberType } from "../types.js";
import { showShape } from "./broadcast.js";
import { castArray } from "./convert.js";
import { arrayFunctions } from "./functions/index.js";
import { scalarArray, type ArrayComplaints, type ArrayFunction, type NdArray } from "./nd-array.js";
import type { Evaluate, EvaluateArray } from "./scope.js";

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

/** What calls need of the compiler around them. */
export interface ArrayCallSite {
  readonly source: Source;
  readonly complaints: Complaints;
  compile(tree: Tree): Evaluate;
  /** The value of a tree as an array; a list is stacked. */
  array(tree: Tree): EvaluateArray;
  /** Complaints of one place. */
  at(at: number): ArrayComplaints;
}

/** Compiles the calls of one expression. */
export class ArrayCalls {
  readonly #site: ArrayCallSite;

  constructor(site: ArrayCallSite) {
    this.#site = site;
  }

  /** `np.name(args)`. */
  numpy(name: string, args: readonly Argument[], at: number): Evaluate {
    const known = arrayFunctions.get(name);
    if (known !== undefined) return this.#function(name, known, args, at);
    const type = numpyTypeNames.has(name) ? typeNamed(name) : undefined;
    if (type === undefined) throw this.#site.complaints.unknownNumpyName(name, at);
    const matched = matchArguments(this.#site.source, { name, at, positional: ["x"], required: 1 }, args);
    const value = this.#site.array(matched.get("x")!);
    return (scope) => castArray(value(scope), type);
  }

  /** `object.name(args)`. */
  method({ name, object, at }: TreeOf<"attribute">, args: readonly Argument[]): Evaluate {
    if (name === "astype") {
      const matched = matchArguments(
        this.#site.source,
        { name, at, positional: ["dtype"], required: 1 },
        args,
      );
      const type = this.#dtype(matched.get("dtype")!);
      const value = this.#site.array(object);
      return (scope) => castArray(value(scope), type);
    }
    const self = { name: null, value: object, at: object.at };
    if (name === "flatten" || name === "item") {
      matchArguments(this.#site.source, { name, at, positional: [], required: 0 }, args);
      const value = this.#site.array(object);
      const complain = this.#site.at(at);
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
    if (known === undefined) throw this.#site.complaints.unknownMember(name, arrayMembers, at);
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

  /** `name(args)` for one of Python's own functions. */
  builtin(name: string, args: readonly Argument[], at: number): Evaluate {
    const complain = this.#site.at(at);
    const parameters = name === "sum" ? ["iterable"] : ["x"];
    const matched = matchArguments(
      this.#site.source,
      { name, at, positional: parameters, required: 1 },
      args,
    );
    const of = this.#site.array(matched.get(parameters[0]!)!);
    const numpy = (function_: string, array: NdArray) =>
      arrayFunctions.get(function_)!.apply(new Map([[function_ === "abs" ? "x" : "a", array]]), complain);
    return (scope) => {
      const array = of(scope);
      switch (name) {
        case "len":
          if (array.shape.length === 0)
            throw complain.type("the length of a number is asked for", "only arrays have one");
          return scalarArray("pyint", array.shape[0]!);
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
          const value = array.data[0]!;
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

  #function(name: string, known: ArrayFunction, args: readonly Argument[], at: number): Evaluate {
    const { parameters, required, named = [] } = known;
    const matched = matchArguments(
      this.#site.source,
      { name, at, positional: parameters, required, named },
      args,
    );
    const compiled = [...matched].map(([parameter, tree]): readonly [string, Evaluate] => {
      if (parameter !== "dtype") return [parameter, this.#site.compile(tree)];
      const type = this.#dtype(tree);
      return [parameter, () => type];
    });
    const complain = this.#site.at(at);
    return (scope) =>
      known.apply(new Map(compiled.map(([parameter, evaluate]) => [parameter, evaluate(scope)])), complain);
  }

  #dtype(tree: Tree): NumberType {
    const type = typeOfTree(tree);
    if (type !== undefined) return type;
    throw this.#site.complaints.argument(
      "a dtype is something that is not a type",
      "it takes the name of a type",
      'write it like "float32" or np.float32',
      tree.at,
    );
  }
}
