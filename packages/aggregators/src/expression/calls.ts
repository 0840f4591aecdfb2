/** Compiles calls: Python's own functions, and those of NumPy. */
import { matchArguments, type Parameters } from "./arguments.js";
import type { Complaints } from "./complaints.js";
import { numpyTypeNames, typeNamed, typeOfTree } from "./dtype-names.js";
import type { Source } from "./failure.js";
import { elementwiseFunctions } from "./functions.js";
import { average, reduce, reductions, rowCounts, type NumberOption, type Reduction } from "./reductions.js";
import { numberOf, term } from "./term.js";
import type { Argument, Tree } from "./tree.js";
import { isWeak, type NumberType } from "./types.js";
import { cast, highestRank, type Term } from "./value.js";

/** What calls need of the compiler around them. */
export interface CallSite {
  readonly source: Source;
  readonly complaints: Complaints;
  compile(tree: Tree): Term;
  /** A term that is one number, not one for each row; `user` is what needs it so. */
  single(tree: Tree, user: string): Term;
  binary(operator: string, left: Term, right: Term, at: number): Term;
}

/** Compiles the calls of one expression. */
export class Calls {
  readonly #site: CallSite;

  constructor(site: CallSite) {
    this.#site = site;
  }

  /** `name(args)` for one of Python's own functions. */
  builtin(name: string, args: readonly Argument[], at: number): Term {
    const [of] = this.#positional({ name, at, positional: ["x"], required: 1 }, args) as [Tree];
    switch (name) {
      case "len":
        return this.length(of, at);
      case "sum":
        return this.#reduction("sum", reductions.get("sum")!, args, at);
      case "abs": {
        const value = this.#site.compile(of);
        const absolute = this.numpy("abs", args, at);
        // Python's own numbers stay what they are.
        return term(value.rank, at, (segments) => {
          const { type } = value.evaluate(segments);
          const result = absolute.evaluate(segments);
          return isWeak(type) ? cast(result, type === "pybool" ? "pyint" : type) : result;
        });
      }
      default: {
        const value = this.#site.single(of, `${name}()`);
        const type = name === "float" ? "pyfloat" : "pyint";
        return term(value.rank, at, (segments) => cast(value.evaluate(segments), type));
      }
    }
  }

  /** `np.name(args)`. */
  numpy(name: string, args: readonly Argument[], at: number): Term {
    const elementwise = elementwiseFunctions.get(name);
    if (elementwise !== undefined) {
      const { parameters, required } = elementwise;
      const values = this.#positional({ name, at, positional: parameters, required }, args).map((tree) =>
        this.#site.compile(tree),
      );
      const complain = this.#site.complaints.at(at);
      return term(highestRank(values.map((value) => value.rank)), at, (segments) =>
        elementwise.apply(
          values.map((value) => value.evaluate(segments)),
          segments,
          complain,
        ),
      );
    }
    const reduction = reductions.get(name);
    if (reduction !== undefined) return this.#reduction(name, reduction, args, at);
    if (name === "average") return this.#average(args, at);
    if (name === "power") {
      const [base, exponent] = this.#positional({ name, at, positional: ["x1", "x2"], required: 2 }, args);
      return this.#site.binary(
        "**",
        this.#site.compile(base as Tree),
        this.#site.compile(exponent as Tree),
        at,
      );
    }
    if (name === "size") {
      const [of] = this.#positional({ name, at, positional: ["a"], required: 1 }, args);
      return this.length(of as Tree, at);
    }
    const type = numpyTypeNames.has(name) ? typeNamed(name) : undefined;
    if (type === undefined) throw this.#site.complaints.unknownNumpyName(name, at);
    const [of] = this.#positional({ name, at, positional: ["x"], required: 1 }, args);
    return this.#cast(this.#site.compile(of as Tree), type, at);
  }

  #reduction(name: string, reduction: Reduction, args: readonly Argument[], at: number): Term {
    const { required, optional } = reduction;
    const positional = required === undefined ? ["a"] : ["a", required.name];
    const named = optional === undefined ? [] : [optional.name];
    const matched = matchArguments(
      this.#site.source,
      { name, at, positional, required: positional.length, named },
      args,
    );
    const of = this.#site.compile(matched.get("a")!);
    const option = required ?? optional;
    const given = option && matched.get(option.name);
    const number = option && given ? this.#number(given, option, name) : 0;
    return term(of.rank === "constant" ? "constant" : "cell", at, (segments) =>
      reduce(reduction, number, of.evaluate(segments), segments),
    );
  }

  #average(args: readonly Argument[], at: number): Term {
    const parameters = { name: "average", at, positional: ["a"], required: 1, named: ["weights"] };
    const matched = matchArguments(this.#site.source, parameters, args);
    const values = this.#site.compile(matched.get("a")!);
    const weightTree = matched.get("weights");
    if (weightTree === undefined) return this.#reduction("mean", reductions.get("mean")!, args, at);
    const weights = this.#site.compile(weightTree);
    if (weights.rank !== values.rank) {
      throw this.#site.complaints.rank(
        `there is a weight a ${weights.rank} for a value a ${values.rank}`,
        "every value needs a weight of its own",
        "make weights from columns",
        weights.at,
      );
    }
    return term(values.rank === "constant" ? "constant" : "cell", at, (segments) =>
      average(values.evaluate(segments), weights.evaluate(segments), segments),
    );
  }

  /** `object.astype(args)`. */
  astype(object: Tree, args: readonly Argument[], at: number): Term {
    const [dtype] = this.#positional({ name: "astype", at, positional: ["dtype"], required: 1 }, args) as [
      Tree,
    ];
    const type = typeOfTree(dtype);
    if (type === undefined) {
      throw this.#site.complaints.argument(
        "astype is given something that is not a type",
        "it takes the name of a type",
        'write it like "float32" or np.float32',
        dtype.at,
      );
    }
    return this.#cast(this.#site.compile(object), type, at);
  }

  #cast(value: Term, type: NumberType, at: number): Term {
    return term(value.rank, at, (segments) => cast(value.evaluate(segments), type));
  }

  /** `len(of)`. */
  length(of: Tree, at: number): Term {
    const value = this.#site.compile(of);
    if (value.rank !== "row") {
      throw this.#site.complaints.type(
        `the length of one number a ${value.rank} is taken`,
        "only columns have a length",
        at,
      );
    }
    return term("cell", at, rowCounts);
  }

  #number(tree: Tree, { name, minimum, maximum }: NumberOption, of: string): number {
    const value = this.#site.compile(tree);
    const number = value.rank === "constant" ? numberOf(value) : undefined;
    if (number !== undefined && number >= minimum && number <= maximum) return number;
    throw this.#site.complaints.argument(
      number === undefined ? `${name} of ${of} is not a constant` : `${name} of ${of} is ${number}`,
      `it is one number from ${minimum} to ${maximum}`,
      "write such a number",
      tree.at,
    );
  }

  #positional(parameters: Parameters, args: readonly Argument[]): readonly Tree[] {
    const matched = matchArguments(this.#site.source, parameters, args);
    return parameters.positional.flatMap((name) => matched.get(name) ?? []);
  }
}
