/** From the text of an expression to tokens. */
import { failure, type Source } from "./failure.js";

export interface Token {
  readonly kind: "number" | "string" | "name" | "operator" | "end";
  readonly text: string;
  readonly at: number;
}

const SPACE = /\s+/y;
const NUMBER =
  /0[xX](?:_?[\da-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?/y;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const STRING = /'[^'\\\n]*'|"[^"\\\n]*"/y;
const OPERATOR = /\*\*|\/\/|<<|>>|<=|>=|==|!=|[-+*/%@&|^~<>()[\],.:=]/y;

const kinds = [
  ["number", NUMBER],
  ["name", NAME],
  ["string", STRING],
  ["operator", OPERATOR],
] as const;

/** The tokens of an expression; the last one is its end. @throws ConfigError `EXPRESSION_SYNTAX` */
export function tokenize(source: Source): readonly Token[] {
  const { text } = source;
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = matchAt(SPACE, text, at);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const token = tokenAt(source, at);
    const previous = tokens.at(-1);
    if (previous?.kind === "number" && token.kind === "name" && previous.at + previous.text.length === at) {
      throw unreadable(source, at, `"${previous.text}${token.text}" is not a number`);
    }
    tokens.push(token);
    at += token.text.length;
  }
  tokens.push({ kind: "end", text: "", at: text.length });
  return tokens;
}

function tokenAt(source: Source, at: number): Token {
  for (const [kind, pattern] of kinds) {
    const text = matchAt(pattern, source.text, at);
    if (text !== undefined) return { kind, text, at };
  }
  const character = String.fromCodePoint(source.text.codePointAt(at) ?? 0);
  const open = character === '"' || character === "'";
  throw unreadable(
    source,
    at,
    open ? "a string is not closed, or has an escape" : `"${character}" is unexpected`,
  );
}

function unreadable(source: Source, at: number, what: string) {
  return failure("EXPRESSION_SYNTAX", source, at, {
    what,
    why: "expressions are made of numbers, names, strings and Python's operators",
    mend: "correct it at the mark",
  });
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
