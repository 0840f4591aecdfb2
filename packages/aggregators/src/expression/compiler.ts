/** From a tree to terms: names are checked, functions looked up, constants folded. */
import type { CellSegments } from "@zagg/core";
import { Calls, type CallSite } from "./calls.js";
import { Complaints } from "./complaints.js";
import { choose } from "./elementwise.js";
import type { Source } from "./failure.js";
import { numpyConstants } from "./functions.js";
import { builtins, methods, numpyNames } from "./names.js";
import { compare, operate, operateUnary } from "./operators.js";
import { numberOf, term } from "./term.js";
import type { Tree, TreeOf } from "./tree.js";
import { columnType, promote } from "./types.js";
import { cast, constantValue, highestRank, type Term, type Value } from "./value.js";

/** Compiles one expression, and notes which columns it reads. */
export class Compiler implements CallSite {
  readonly inputs = new Set<string>();
  readonly source: Source;
  readonly complaints: Complaints;
  readonly #columns: ReadonlySet<string>;
  readonly #calls = new Calls(this);

  constructor(source: Source, columns: readonly string[]) {
    this.source = source;
    this.#columns = new Set(columns);
    this.complaints = new Complaints(source, columns);
  }

  /** Where the first reduction over a cell's rows stands in the text; undefined when there is none. */
  reductionAt: number | undefined;

  compile(tree: Tree): Term {
    const compiled = this.#compile(tree);
    if (compiled.rank === "cell") this.reductionAt ??= compiled.at;
    return compiled;
  }

  #compile(tree: Tree): Term {
    const { at } = tree;
    switch (tree.kind) {
      case "number":
        return term("constant", at, () => constantValue(tree.integer ? "pyint" : "pyfloat", tree.value));
      case "constant": {
        const { value } = tree;
        if (value === null) throw this.complaints.type("None is used as a value", "it is not a number", at);
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
        return this.binary(tree.operator, this.compile(tree.left), this.compile(tree.right), at);
      case "compare":
        return this.#compare(tree);
      case "boolean":
        return this.#boolean(tree);
      case "conditional":
        return this.#conditional(tree);
      default:
        throw this.complaints.unsupported(
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
    if (!this.#columns.has(name)) throw this.complaints.unknownName(name, at);
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
      if (!numpyNames.includes(name)) throw this.complaints.unknownNumpyName(name, at);
      throw this.complaints.type(`np.${name} is used as a value`, "it is a function", at);
    }
    if (name === "size") return this.#calls.length(tree.object, at);
    throw this.complaints.unknownMethod(name, at);
  }

  #call({ callee, args, at }: TreeOf<"call">): Term {
    if (callee.kind === "attribute") {
      if (this.#isNumpy(callee.object)) return this.#calls.numpy(callee.name, args, callee.at);
      const self = { name: null, value: callee.object, at: callee.object.at };
      if (callee.name === "astype") return this.#calls.astype(callee.object, args, callee.at);
      if (methods.has(callee.name)) return this.#calls.numpy(callee.name, [self, ...args], callee.at);
      throw this.complaints.unknownMethod(callee.name, callee.at);
    }
    if (callee.kind !== "name" || this.#columns.has(callee.name)) {
      throw this.complaints.type("a value is called", "only functions can be called", at);
    }
    if (!builtins.includes(callee.name)) throw this.complaints.unknownName(callee.name, at);
    return this.#calls.builtin(callee.name, args, at);
  }

  #unary({ operator, operand, at }: TreeOf<"unary">): Term {
    if (operator === "not") {
      const value = this.single(operand, "not");
      const zero = constantValue("pyint", 0);
      return term(value.rank, at, (segments) => ({
        ...compare("==", value.evaluate(segments), zero, segments),
        type: "pybool",
      }));
    }
    const value = this.compile(operand);
    const complain = this.complaints.at(at);
    return term(value.rank, at, (segments) => operateUnary(operator, value.evaluate(segments), complain));
  }

  binary(operator: string, left: Term, right: Term, at: number): Term {
    if (operator === "@") {
      throw this.complaints.unsupported("@ is used", "there are no matrices here", "write np.sum(a * b)", at);
    }
    const complain = this.complaints.at(at);
    return term(highestRank([left.rank, right.rank]), at, (segments) =>
      operate(operator, left.evaluate(segments), right.evaluate(segments), segments, complain),
    );
  }

  #compare({ operators, operands, at }: TreeOf<"compare">): Term {
    const terms = operands.map((operand) => this.compile(operand));
    const rank = highestRank(terms.map((operand) => operand.rank));
    if (operators.length > 1 && rank === "row") throw this.complaints.ambiguous("a chain of comparisons", at);
    return term(rank, at, (segments) => {
      const values = terms.map((operand) => operand.evaluate(segments));
      const parts = operators.map((operator, i) => compare(operator, values[i]!, values[i + 1]!, segments));
      const complain = this.complaints.at(at);
      return parts.reduce((left, right) => operate("&", left, right, segments, complain));
    });
  }

  #boolean({ operator, left, right, at }: TreeOf<"boolean">): Term {
    const [first, second] = [this.single(left, operator), this.single(right, operator)];
    return term(highestRank([first.rank, second.rank]), at, (segments) => {
      const [a, b] = this.#alike(first, second, segments);
      return operator === "and" ? choose(a, b, a, segments) : choose(a, a, b, segments);
    });
  }

  #conditional({ test, yes, no, at }: TreeOf<"conditional">): Term {
    const [condition, first, second] = [this.single(test, "if"), this.compile(yes), this.compile(no)];
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

  /** A term that is one number, not one for each row. */
  single(tree: Tree, user: string): Term {
    const value = this.compile(tree);
    if (value.rank === "row") throw this.complaints.ambiguous(`"${user}"`, tree.at);
    return value;
  }

  #isNumpy(tree: Tree): boolean {
    return (
      tree.kind === "name" && (tree.name === "np" || tree.name === "numpy") && !this.#columns.has(tree.name)
    );
  }
}
