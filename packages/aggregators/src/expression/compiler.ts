/** From a tree to terms: names are checked, functions looked up, constants folded. */
import type { CellSegments } from "@zagg/core";
import { matchArguments, type Parameters } from "./arguments.js";
import { typeNamed, typeOfTree, numpyTypeNames } from "./dtype-names.js";
import { choose } from "./elementwise.js";
import { Complaints } from "./complaints.js";
import type { Source } from "./failure.js";
import { elementwiseFunctions, numpyConstants } from "./functions.js";
import { builtins, methods, numpyNames } from "./names.js";
import { compare, operate, operateUnary } from "./operators.js";
import { average, reduce, reductions, rowCounts, type NumberOption, type Reduction } from "./reductions.js";
import { term } from "./term.js";
import type { Argument, Tree, TreeOf } from "./tree.js";
import { columnType, isWeak, promote, type NumberType } from "./types.js";
import { cast, constantValue, highestRank, type Term, type Value } from "./value.js";

/** Compiles one expression, and notes which columns it reads. */
export class Compiler {
  readonly inputs = new Set<string>();
  readonly #source: Source;
  readonly #columns: ReadonlySet<string>;
  readonly #complaints: Complaints;

  constructor(source: Source, columns: readonly string[]) {
    this.#source = source;
    this.#columns = new Set(columns);
    this.#complaints = new Complaints(source, columns);
  }

  compile(tree: Tree): Term {
    const { at } = tree;
    switch (tree.kind) {
      case "number":
        return term("constant", at, () => constantValue(tree.integer ? "pyint" : "pyfloat", tree.value));
      case "constant": {
        const { value } = tree;
        if (value === null) throw this.#complaints.type("None is used as a number", "it is none", at);
        return term("constant", at, () => constantValue("pybool", Number(value)));
      }
      case "name":
        return this.#name(tree);
      case "attribute":
        return this.#attribute(tree);
      case "call":
        return this.#call(tree);
      case "unary":
        return this.#unary(tree);
      case "binary":
        return this.#binary(tree.operator, this.compile(tree.left), this.compile(tree.right), at);
      case "compare":
        return this.#compare(tree);
      case "boolean":
        return this.#boolean(tree);
      case "conditional":
        return this.#conditional(tree);
      default:
        throw this.#complaints.unsupported(
          `a ${tree.kind} is used as a value`,
          "a scalar expression is made of numbers, columns, operators and functions",
          tree.kind === "subscript"
            ? "use np.where(condition, x, np.nan) with np.nanmean and its kin"
            : "remove it",
          at,
        );
    }
  }

  #name({ name, at }: TreeOf<"name">): Term {
    if (!this.#columns.has(name)) throw this.#complaints.unknownName(name, at);
    this.inputs.add(name);
    return term("row", at, (segments) => {
      const data = segments.column(name);
      return { type: columnType(data), rank: "row", data };
    });
  }

  #attribute(tree: TreeOf<"attribute">): Term {
    const { name, at } = tree;
    if (this.#isNumpy(tree.object)) {
      const value = numpyConstants.get(name);
      if (value !== undefined) return term("constant", at, () => constantValue("pyfloat", value));
      if (!numpyNames.includes(name)) throw this.#complaints.unknownNumpyName(name, at);
      throw this.#complaints.type(`np.${name} is used as a value`, "it is a function", at);
    }
    if (name === "size") return this.#length(tree.object, at);
    throw this.#complaints.unknownMethod(name, at);
  }

  #call({ callee, args, at }: TreeOf<"call">): Term {
    if (callee.kind === "attribute") {
      if (this.#isNumpy(callee.object)) return this.#numpy(callee.name, args, callee.at);
      const self = { name: null, value: callee.object, at: callee.object.at };
      if (callee.name === "astype") return this.#astype(callee.object, args, callee.at);
      if (methods.has(callee.name)) return this.#numpy(callee.name, [self, ...args], callee.at);
      throw this.#complaints.unknownMethod(callee.name, callee.at);
    }
    if (callee.kind !== "name" || this.#columns.has(callee.name)) {
      throw this.#complaints.type("a value is called", "only functions can be called", at);
    }
    if (!builtins.includes(callee.name)) throw this.#complaints.unknownName(callee.name, at);
    return this.#builtin(callee.name, args, at);
  }

  #builtin(name: string, args: readonly Argument[], at: number): Term {
    const [of] = this.#positional({ name, at, positional: ["x"], required: 1 }, args) as [Tree];
    switch (name) {
      case "len":
        return this.#length(of, at);
      case "sum":
        return this.#reduction("sum", reductions.get("sum") as Reduction, args, at);
      case "abs": {
        const value = this.compile(of);
        const absolute = this.#numpy("abs", args, at);
        // Python's own numbers stay what they are.
        return term(value.rank, at, (segments) => {
          const { type } = value.evaluate(segments);
          const result = absolute.evaluate(segments);
          return isWeak(type) ? cast(result, type === "pybool" ? "pyint" : type) : result;
        });
      }
      default: {
        const value = this.#single(of, `${name}()`);
        const type = name === "float" ? "pyfloat" : "pyint";
        return term(value.rank, at, (segments) => cast(value.evaluate(segments), type));
      }
    }
  }

  #numpy(name: string, args: readonly Argument[], at: number): Term {
    const elementwise = elementwiseFunctions.get(name);
    if (elementwise !== undefined) {
      const { parameters, required } = elementwise;
      const values = this.#positional({ name, at, positional: parameters, required }, args).map((tree) =>
        this.compile(tree),
      );
      const complain = this.#complaints.at(at);
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
      return this.#binary("**", this.compile(base as Tree), this.compile(exponent as Tree), at);
    }
    if (name === "size") {
      const [of] = this.#positional({ name, at, positional: ["a"], required: 1 }, args);
      return this.#length(of as Tree, at);
    }
    const type = numpyTypeNames.has(name) ? typeNamed(name) : undefined;
    if (type === undefined) throw this.#complaints.unknownNumpyName(name, at);
    const [of] = this.#positional({ name, at, positional: ["x"], required: 1 }, args);
    return this.#cast(this.compile(of as Tree), type, at);
  }

  #reduction(name: string, reduction: Reduction, args: readonly Argument[], at: number): Term {
    const { required, optional } = reduction;
    const positional = required === undefined ? ["a"] : ["a", required.name];
    const named = optional === undefined ? [] : [optional.name];
    const matched = matchArguments(
      this.#source,
      { name, at, positional, required: positional.length, named },
      args,
    );
    const of = this.compile(matched.get("a") as Tree);
    const option = required ?? optional;
    const given = option && matched.get(option.name);
    const number = option && given ? this.#number(given, option, name) : 0;
    return term(of.rank === "constant" ? "constant" : "cell", at, (segments) =>
      reduce(reduction, number, of.evaluate(segments), segments),
    );
  }

  #average(args: readonly Argument[], at: number): Term {
    const parameters = { name: "average", at, positional: ["a"], required: 1, named: ["weights"] };
    const matched = matchArguments(this.#source, parameters, args);
    const values = this.compile(matched.get("a") as Tree);
    const weightTree = matched.get("weights");
    if (weightTree === undefined)
      return this.#reduction("mean", reductions.get("mean") as Reduction, args, at);
    const weights = this.compile(weightTree);
    if (weights.rank !== values.rank) {
      throw this.#complaints.rank(
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

  #astype(object: Tree, args: readonly Argument[], at: number): Term {
    const [dtype] = this.#positional({ name: "astype", at, positional: ["dtype"], required: 1 }, args) as [
      Tree,
    ];
    const type = typeOfTree(dtype);
    if (type === undefined) {
      throw this.#complaints.argument(
        "astype is given something that is not a type",
        "it takes the name of a type",
        'write it like "float32" or np.float32',
        dtype.at,
      );
    }
    return this.#cast(this.compile(object), type, at);
  }

  #cast(value: Term, type: NumberType, at: number): Term {
    return term(value.rank, at, (segments) => cast(value.evaluate(segments), type));
  }

  #length(of: Tree, at: number): Term {
    const value = this.compile(of);
    if (value.rank !== "row") {
      throw this.#complaints.type(
        `the length of one number a ${value.rank} is taken`,
        "only columns have a length",
        at,
      );
    }
    return term("cell", at, rowCounts);
  }

  #unary({ operator, operand, at }: TreeOf<"unary">): Term {
    if (operator === "not") {
      const value = this.#single(operand, "not");
      const zero = constantValue("pyint", 0);
      return term(value.rank, at, (segments) => ({
        ...compare("==", value.evaluate(segments), zero, segments),
        type: "pybool",
      }));
    }
    const value = this.compile(operand);
    const complain = this.#complaints.at(at);
    return term(value.rank, at, (segments) => operateUnary(operator, value.evaluate(segments), complain));
  }

  #binary(operator: string, left: Term, right: Term, at: number): Term {
    if (operator === "@") {
      throw this.#complaints.unsupported(
        "@ is used",
        "there are no matrices here",
        "write np.sum(a * b)",
        at,
      );
    }
    const complain = this.#complaints.at(at);
    return term(highestRank([left.rank, right.rank]), at, (segments) =>
      operate(operator, left.evaluate(segments), right.evaluate(segments), segments, complain),
    );
  }

  #compare({ operators, operands, at }: TreeOf<"compare">): Term {
    const terms = operands.map((operand) => this.compile(operand));
    const rank = highestRank(terms.map((operand) => operand.rank));
    if (operators.length > 1 && rank === "row")
      throw this.#complaints.ambiguous("a chain of comparisons", at);
    return term(rank, at, (segments) => {
      const values = terms.map((operand) => operand.evaluate(segments));
      const parts = operators.map((operator, i) =>
        compare(operator, values[i] as Value, values[i + 1] as Value, segments),
      );
      const complain = this.#complaints.at(at);
      return parts.reduce((left, right) => operate("&", left, right, segments, complain));
    });
  }

  #boolean({ operator, left, right, at }: TreeOf<"boolean">): Term {
    const [first, second] = [this.#single(left, operator), this.#single(right, operator)];
    return term(highestRank([first.rank, second.rank]), at, (segments) => {
      const [a, b] = this.#alike(first, second, segments);
      return operator === "and" ? choose(a, b, a, segments) : choose(a, a, b, segments);
    });
  }

  #conditional({ test, yes, no, at }: TreeOf<"conditional">): Term {
    const [condition, first, second] = [this.#single(test, "if"), this.compile(yes), this.compile(no)];
    if (condition.rank === "constant") return numberOf(condition) === 0 ? second : first;
    return term(highestRank([condition.rank, first.rank, second.rank]), at, (segments) => {
      const [a, b] = this.#alike(first, second, segments);
      return choose(condition.evaluate(segments), a, b, segments);
    });
  }

  /** Two values in the type that holds both. */
  #alike(left: Term, right: Term, segments: CellSegments): readonly [Value, Value] {
    const [a, b] = [left.evaluate(segments), right.evaluate(segments)];
    const type = promote(a.type, b.type);
    return [cast(a, type), cast(b, type)];
  }

  /** A term that is one number, not one a row. */
  #single(tree: Tree, user: string): Term {
    const value = this.compile(tree);
    if (value.rank === "row") throw this.#complaints.ambiguous(`"${user}"`, tree.at);
    return value;
  }

  #number(tree: Tree, { name, minimum, maximum }: NumberOption, of: string): number {
    const value = this.compile(tree);
    const number = value.rank === "constant" ? numberOf(value) : undefined;
    if (number !== undefined && number >= minimum && number <= maximum) return number;
    throw this.#complaints.argument(
      number === undefined ? `${name} of ${of} is not a constant` : `${name} of ${of} is ${number}`,
      `it is one number from ${minimum} to ${maximum}`,
      "write such a number",
      tree.at,
    );
  }

  #positional(parameters: Parameters, args: readonly Argument[]): readonly Tree[] {
    const matched = matchArguments(this.#source, parameters, args);
    return parameters.positional.flatMap((name) => matched.get(name) ?? []);
  }

  #isNumpy(tree: Tree): boolean {
    return (
      tree.kind === "name" && (tree.name === "np" || tree.name === "numpy") && !this.#columns.has(tree.name)
    );
  }
}

function numberOf(constant: Term): number {
  return constant.evaluate({} as CellSegments).data[0] as number;
}
