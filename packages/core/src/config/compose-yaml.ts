/**
 * The composing of a YAML document, token by token, so that it ends at the first thing that no configuration has. The parser as a whole
 * takes seconds or minutes for texts of a few hundred kilobytes: of brackets, anchors, or equal keys.
 */
import {
  Composer,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  Parser,
  type Document,
  type LineCounter,
  type Tags,
} from "yaml";

/** Collections within each other; a file of GeoJSON has about ten. */
const MOST_NESTED = 64;
/** Entries of the parser's stack for one collection. */
const STACK_PER_COLLECTION = 2;
/** Keys of one mapping. */
const MOST_KEYS = 5000;
/** Anchors, aliases and tags together. */
const MOST_REFERENCES = 1000;
const MOST_COMMENTS = 10_000;
/** Characters of one key or value. */
const MOST_CHARACTERS = 1_000_000;

/** Thrown where a text goes beyond a limit. */
export class YamlLimit extends Error {
  readonly offset: number;
  readonly mend: string;

  constructor(offset: number, why: string, mend: string) {
    super(why);
    this.offset = offset;
    this.mend = mend;
  }
}

/** Thrown at the first syntax error: a text may have one a character. */
class YamlSyntax extends Error {
  readonly offset: number;

  constructor(offset: number, why: string) {
    super(why);
    this.offset = offset;
  }
}

export interface ComposedYaml {
  readonly document: Document | null;
  /** The first error; null when there is none. */
  readonly error: { readonly offset: number; readonly why: string } | null;
}

/** @returns null in place of the document where the text ends early. @throws YamlLimit */
export function composeYaml(text: string, lines: LineCounter, tags: (tags: Tags) => Tags): ComposedYaml {
  // Equal keys are looked for here: the composer compares each key of a mapping with all before it.
  const composer = new Composer({ version: "1.1", customTags: tags, logLevel: "silent", uniqueKeys: false });
  endAtFirstError(composer);
  const documents = composer.compose(tokens(text, lines), true, text.length);
  try {
    assertNoLongRun(text);
    const document = documents.next().value as Document;
    const errors = [...document.errors];
    // An unknown tag is a warning to the parser, which then drops it; PyYAML refuses it.
    errors.push(...document.warnings.filter(({ code }) => code === "TAG_RESOLVE_FAILED"));
    const [error] = errors;
    if (error !== undefined) return { document, error: { offset: error.pos[0], why: error.message } };
    const { value: next } = documents.next();
    if (next !== undefined) {
      const error = { offset: next.range[0], why: "there is more than one document" };
      return { document, error };
    }
    const repeated = repeatedKey(document.contents);
    return {
      document,
      error: repeated === null ? null : { offset: repeated, why: "Map keys must be unique" },
    };
  } catch (error) {
    if (!(error instanceof YamlSyntax)) throw error;
    return { document: null, error: { offset: error.offset, why: error.message } };
  }
}

/** Where something stands, as the composer tells it. */
type ErrorSource = number | readonly [number, number] | { readonly offset: number };
type OnError = (source: ErrorSource, code: string, message: string, warning?: boolean) => void;

/** The composer goes on after errors, and keeps each with a stack trace. It tells them through a member that is not of its interface. */
function endAtFirstError(composer: Composer): void {
  const inside = composer as unknown as { onError: OnError };
  const { onError } = inside;
  inside.onError = (source, code, message, warning) => {
    if (warning === true) return onError(source, code, message, warning);
    const offset = typeof source === "number" ? source : "offset" in source ? source.offset : source[0];
    throw new YamlSyntax(offset, message);
  };
}

/** Whether a character ends a key or value of one line, or may: a line feed, or one of `",[]{}`. */
function isEnd(code: number): boolean {
  return (
    code === 10 || code === 34 || code === 44 || code === 91 || code === 93 || code === 123 || code === 125
  );
}

/** Finds keys and values of one line that are too long, before they cost more than this. */
function assertNoLongRun(text: string): void {
  if (text.length <= MOST_CHARACTERS) return;
  for (let at = 0, begun = 0; at < text.length; at++) {
    if (isEnd(text.charCodeAt(at))) begun = at;
    else if (at - begun > MOST_CHARACTERS) throw tooLong(begun);
  }
}

function tooLong(offset: number): YamlLimit {
  return new YamlLimit(offset, `a key or value has more than ${MOST_CHARACTERS} characters`, "shorten it");
}

function* tokens(text: string, lines: LineCounter): ReturnType<Parser["parse"]> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const assertModest = createGuard(parser);
  for (const lexeme of new Lexer().lex(text)) {
    assertModest(lexeme);
    for (const token of parser.next(lexeme)) {
      if (token.type === "error") throw new YamlSyntax(token.offset, token.message);
      yield token;
    }
  }
  yield* parser.end();
}

/** Looks at each lexeme before the parser gets it. */
function createGuard(parser: Parser): (lexeme: string) => void {
  let references = 0;
  let comments = 0;
  /** The last lexeme that is more than space and comments. */
  let last = "";
  const limit = (why: string, mend: string): YamlLimit => new YamlLimit(parser.offset, why, mend);
  return (lexeme) => {
    const first = lexeme[0];
    if (lexeme.length > MOST_CHARACTERS) throw tooLong(parser.offset);
    if ((first === "&" || first === "*" || first === "!") && ++references > MOST_REFERENCES)
      throw limit(`there are more than ${MOST_REFERENCES} anchors, aliases and tags`, "write the values out");
    if (first === "#" && ++comments > MOST_COMMENTS)
      throw limit(`there are more than ${MOST_COMMENTS} comments`, "take comments out");
    if (lexeme === "," && (last === "," || last === "[" || last === "{"))
      throw new YamlSyntax(parser.offset, "Unexpected , in a list or mapping");
    if (first !== "#" && lexeme.trim() !== "") last = lexeme;
    const { stack } = parser;
    if (stack.length > STACK_PER_COLLECTION * MOST_NESTED) {
      const mend = "look for brackets or indentation that are not closed";
      throw limit(`lists and mappings are nested more than ${MOST_NESTED} deep`, mend);
    }
    const top = stack.at(-1);
    const isMapping =
      top?.type === "block-map" || (top?.type === "flow-collection" && top.start.source === "{");
    if (isMapping && top.items.length > MOST_KEYS)
      throw limit(`a mapping has more than ${MOST_KEYS} keys`, "look for a key that is repeated");
  };
}

/** Where the first key stands that its mapping has twice; null when there is none. */
function repeatedKey(node: unknown): number | null {
  if (isPair(node)) return repeatedKey(node.key) ?? repeatedKey(node.value);
  if (!isMap(node) && !isSeq(node)) return null;
  const keys = new Set<unknown>();
  for (const item of node.items) {
    if (isMap(node) && isPair(item) && isScalar(item.key)) {
      if (keys.has(item.key.value)) return item.key.range?.[0] ?? 0;
      keys.add(item.key.value);
    }
    const inside = isNode(item) || isPair(item) ? repeatedKey(item) : null;
    if (inside !== null) return inside;
  }
  return null;
}
