/** From tokens to a tree, with Python's precedence: Pratt 1973, "Top down operator precedence". */
import { failure, type Source } from "./failure.js";
import { tokenize, type Token } from "./tokens.js";
import type { Argument, Tree } from "./tree.js";

/** Characters of an expression. */
export const MAX_LENGTH = 10_000;
/** Levels of nesting, in the text and in the tree. */
export const MAX_DEPTH = 200;

const CONDITIONAL = 1;
const NOT = 4;
const COMPARISON = 5;
const UNARY = 12;
const POWER = 13;
const POSTFIX = 14;

const comparisons = new Set(["<", "<=", ">", ">=", "==", "!="]);
const binaryPowers: ReadonlyMap<string, number> = new Map([
  ["|", 6], ["^", 7], ["&", 8], ["<<", 9], [">>", 9], ["+", 10], ["-", 10],
  ["*", 11], ["/", 11], ["//", 11], ["%", 11], ["@", 11], ["**", POWER],
]); // prettier-ignore
const infixPowers: ReadonlyMap<string, number> = new Map([
  ...binaryPowers, ["if", CONDITIONAL], ["or", 2], ["and", 3],
  ...[...comparisons, "in", "is", "not"].map((operator) => [operator, COMPARISON] as const),
  ["(", POSTFIX], ["[", POSTFIX], [".", POSTFIX],
]); // prettier-ignore
const keywords = new Set(["and", "or", "not", "if", "else", "in", "is", "lambda", "for", "await", "yield"]);
const constants: ReadonlyMap<string, boolean | null> = new Map([
  ["True", true],
  ["False", false],
  ["None", null],
]);

/** @throws ConfigError `EXPRESSION_SYNTAX`, `EXPRESSION_LIMIT`, `EXPRESSION_UNSUPPORTED` */
export function parse(source: Source): Tree {
  if (source.text.length > MAX_LENGTH) {
    throw limit(
      source,
      MAX_LENGTH,
      `the expression is ${source.text.length} characters long`,
      `${MAX_LENGTH} characters`,
    );
  }
  return new Parser(source).whole();
}

class Parser {
  readonly #source: Source;
  readonly #tokens: readonly Token[];
  #next = 0;
  #nesting = 0;

  constructor(source: Source) {
    this.#source = source;
    this.#tokens = tokenize(source);
  }

  whole(): Tree {
    const tree = this.#expression(0);
    if (this.#peek.kind !== "end") throw this.#unexpected(this.#peek, "an operator or the end");
    return tree;
  }

  #expression(power: number): Tree {
    if (++this.#nesting > MAX_DEPTH) throw this.#tooDeep(this.#peek.at);
    let left = this.#prefix(power);
    for (;;) {
      const token = this.#peek;
      const binds =
        token.kind === "operator" || token.kind === "name" ? infixPowers.get(token.text) : undefined;
      if (binds === undefined || binds <= power) break;
      left = this.#bounded(this.#infix(left, this.#take(), binds));
    }
    this.#nesting--;
    return left;
  }

  #prefix(power: number): Tree {
    const token = this.#take();
    const { at, text } = token;
    switch (token.kind) {
      case "number":
        return this.#number(token);
      case "string":
        return { kind: "string", value: text.slice(1, -1), at, depth: 1 };
      case "name": {
        if (text === "not" && power < NOT) return this.#unary("not", at, NOT - 1);
        if (keywords.has(text)) throw this.#unexpected(token);
        const value = constants.get(text);
        if (value !== undefined) return { kind: "constant", value, at, depth: 1 };
        return { kind: "name", name: text, at, depth: 1 };
      }
      case "operator":
        if (text === "-" || text === "+" || text === "~") return this.#unary(text, at, UNARY);
        if (text === "(") return this.#parenthesized(at);
        if (text === "[") {
          const items = this.#items("]", () => this.#expression(0));
          return this.#bounded({ kind: "list", items, at, depth: 1 + depthOf(items) });
        }
    }
    throw this.#unexpected(token);
  }

  #infix(left: Tree, token: Token, binds: number): Tree {
    const { text, at } = token;
    switch (text) {
      case "(":
        return this.#call(left, at);
      case "[":
        return this.#subscript(left, at);
      case ".": {
        const name = this.#take();
        if (name.kind !== "name") throw this.#unexpected(name);
        return { kind: "attribute", object: left, name: name.text, at: name.at, depth: left.depth + 1 };
      }
      case "if": {
        const test = this.#expression(CONDITIONAL);
        this.#expect("else");
        const no = this.#expression(0);
        return { kind: "conditional", test, yes: left, no, at, depth: 1 + depthOf([test, left, no]) };
      }
      case "and":
      case "or": {
        const right = this.#expression(binds);
        return { kind: "boolean", operator: text, left, right, at, depth: 1 + depthOf([left, right]) };
      }
    }
    if (binds === COMPARISON) return this.#comparison(left, token);
    // A power takes a signed exponent (2 ** -1) and groups to the right.
    const right = this.#expression(text === "**" ? UNARY - 1 : binds);
    return { kind: "binary", operator: text, left, right, at, depth: 1 + depthOf([left, right]) };
  }

  #comparison(first: Tree, token: Token): Tree {
    const operators: string[] = [];
    const operands = [first];
    for (let operator = token; ; operator = this.#take()) {
      if (!comparisons.has(operator.text)) {
        throw failure("EXPRESSION_UNSUPPORTED", this.#source, operator.at, {
          what: `"${operator.text}" is used as a comparison`,
          why: "columns have no membership and no identity",
          mend: "compare with == or !=, joined with | and &",
        });
      }
      operators.push(operator.text);
      operands.push(this.#expression(COMPARISON));
      if (infixPowers.get(this.#peek.text) !== COMPARISON || this.#peek.kind === "string") break;
    }
    return { kind: "compare", operators, operands, at: token.at, depth: 1 + depthOf(operands) };
  }

  #unary(operator: string, at: number, power: number): Tree {
    const operand = this.#expression(power);
    return this.#bounded({ kind: "unary", operator, operand, at, depth: operand.depth + 1 });
  }

  #parenthesized(at: number): Tree {
    let commas = 0;
    const items = this.#items(
      ")",
      () => this.#expression(0),
      () => commas++,
    );
    const [only] = items;
    if (only !== undefined && items.length === 1 && commas === 0) return only;
    return this.#bounded({ kind: "tuple", items, at, depth: 1 + depthOf(items) });
  }

  #call(callee: Tree, at: number): Tree {
    const args = this.#items(")", () => this.#argument());
    const depth = 1 + depthOf([callee, ...args.map((argument) => argument.value)]);
    return {
      kind: "call",
      callee,
      args,
      at: callee.kind === "attribute" ? callee.at : Math.min(callee.at, at),
      depth,
    };
  }

  #argument(): Argument {
    const token = this.#peek;
    const equals = this.#tokens[this.#next + 1];
    if (token.kind === "name" && equals?.kind === "operator" && equals.text === "=") {
      this.#next += 2;
      return { name: token.text, value: this.#expression(0), at: token.at };
    }
    return { name: null, value: this.#expression(0), at: token.at };
  }

  #subscript(object: Tree, at: number): Tree {
    let commas = 0;
    const items = this.#items(
      "]",
      () => this.#index(),
      () => commas++,
    );
    const [only] = items;
    if (only === undefined) throw this.#unexpected(this.#tokens[this.#next - 1]!);
    const index: Tree =
      items.length === 1 && commas === 0 ? only : { kind: "tuple", items, at, depth: 1 + depthOf(items) };
    return { kind: "subscript", object, index, at, depth: 1 + depthOf([object, index]) };
  }

  #index(): Tree {
    const { at } = this.#peek;
    const parts: (Tree | null)[] = [null];
    while (this.#peek.text !== "," && this.#peek.text !== "]" && parts.length <= 3) {
      if (this.#peek.kind === "operator" && this.#peek.text === ":") {
        this.#next++;
        parts.push(null);
      } else if (parts.at(-1) === null) parts[parts.length - 1] = this.#expression(0);
      else throw this.#unexpected(this.#peek);
    }
    const [only] = parts;
    if (parts.length === 1 && only) return only;
    if (parts.length === 1 || parts.length > 3) throw this.#unexpected(this.#peek);
    return { kind: "slice", parts, at, depth: 1 + depthOf(parts.filter((part) => part !== null)) };
  }

  /** Items up to the closing bracket, a comma between each two and possibly after the last. */
  #items<T>(close: string, item: () => T, onComma: () => void = () => {}): T[] {
    const items: T[] = [];
    while (!this.#at(close)) {
      items.push(item());
      if (this.#at(close)) break;
      this.#expect(",");
      onComma();
    }
    this.#expect(close);
    return items;
  }

  #number(token: Token): Tree {
    const digits = token.text.replaceAll("_", "");
    const value = Number(digits);
    const integer = /^(0[xXoObB]|\d+$)/.test(digits);
    if (Number.isNaN(value) || /^0\d*[1-9]\d*$/.test(digits)) throw this.#unexpected(token);
    if (integer && !Number.isSafeInteger(value)) {
      throw limit(this.#source, token.at, `the integer ${digits} is written`, "2^53 − 1");
    }
    return { kind: "number", value, integer, at: token.at, depth: 1 };
  }

  #bounded(tree: Tree): Tree {
    if (tree.depth > MAX_DEPTH) throw this.#tooDeep(tree.at);
    return tree;
  }

  #tooDeep(at: number) {
    return limit(this.#source, at, "the expression is nested too deeply", `${MAX_DEPTH} levels`);
  }

  get #peek(): Token {
    return this.#tokens[this.#next]!;
  }

  #take(): Token {
    const token = this.#peek;
    if (token.kind !== "end") this.#next++;
    return token;
  }

  #at(text: string): boolean {
    return this.#peek.text === text && (this.#peek.kind === "operator" || this.#peek.kind === "name");
  }

  #expect(text: string): void {
    if (!this.#at(text)) throw this.#unexpected(this.#peek, `"${text}"`);
    this.#next++;
  }

  #unexpected(token: Token, expected = "a value") {
    return failure("EXPRESSION_SYNTAX", this.#source, token.at, {
      what: token.kind === "end" ? "the expression ends too soon" : `"${token.text}" is unexpected`,
      why: `${expected} is needed here`,
      mend: "correct it at the mark",
    });
  }
}

function depthOf(trees: readonly Tree[]): number {
  return trees.reduce((deepest, tree) => Math.max(deepest, tree.depth), 0);
}

function limit(source: Source, at: number, what: string, most: string) {
  return failure("EXPRESSION_LIMIT", source, at, {
    what,
    why: `the most there may be is ${most}`,
    mend: "simplify it, or compute part of it beforehand",
  });
}
