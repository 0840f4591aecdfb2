/** A strict scanner of JSON text (RFC 8259) that finds where values stand without building them. */

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const LITERAL = /true|false|null/y;
/** A key that JavaScript moves before the others of its object. */
const INDEX_KEY = /"(?:0|[1-9][0-9]*)"/y;
/** The scanner recurses, so nesting is limited well below what the stack holds. */
const MAX_DEPTH = 500;

/** Called with the position at which text stops being JSON, and what should stand there. */
export type OnFault = (position: number, expected: string) => never;

/** Where a value stands in the text. */
export interface JsonSpan {
  readonly start: number;
  /** One past the last character. */
  readonly end: number;
  /** Its numbers are spelled as JavaScript spells them and its keys keep their order: parsing and writing it again changes nothing. */
  readonly plain: boolean;
}

/** Walks one text from left to right. */
export class JsonScanner {
  at: number;
  private plain = true;

  constructor(
    private readonly text: string,
    private readonly fault: OnFault,
    start = 0,
  ) {
    this.at = start;
  }

  /** Passes white space. */
  space(): void {
    let code = this.text.charCodeAt(this.at);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = this.text.charCodeAt(++this.at);
  }

  /** Passes one value and says where it stands. */
  span(depth = 0): JsonSpan {
    const outer = this.plain;
    this.plain = true;
    const start = this.at;
    this.value(depth);
    const { plain } = this;
    this.plain = outer && plain;
    return { start, end: this.at, plain };
  }

  /** Passes an object; `visit` gets each key with the scanner at its value, which it must pass. */
  members(depth: number, visit: (key: string) => void): void {
    this.sequence("}", () => {
      if (this.text.charCodeAt(this.at) !== 34) this.fault(this.at, "a key in double quotes");
      const start = this.at;
      INDEX_KEY.lastIndex = start;
      if (this.plain && INDEX_KEY.test(this.text)) this.plain = false;
      this.string();
      const end = this.at;
      this.space();
      if (this.text.charCodeAt(this.at) !== 58) this.fault(this.at, `":"`);
      this.at++;
      this.space();
      visit(depth === 0 ? (JSON.parse(this.text.slice(start, end)) as string) : "");
    });
  }

  /** Passes an array; `visit` runs with the scanner at each element, which it must pass. */
  elements(visit: () => void): void {
    this.sequence("]", visit);
  }

  private value(depth: number): void {
    if (depth > MAX_DEPTH) this.fault(this.at, `values nested at most ${MAX_DEPTH} deep`);
    switch (this.text.charCodeAt(this.at)) {
      case 34:
        return this.string();
      case 123:
        return this.members(depth + 1, () => this.value(depth + 1));
      case 91:
        return this.elements(() => this.value(depth + 1));
      case 116:
      case 102:
      case 110:
        return this.token(LITERAL, "a value");
      default:
        return this.number();
    }
  }

  private sequence(close: "}" | "]", visit: () => void): void {
    const closing = close.charCodeAt(0);
    this.at++;
    this.space();
    if (this.text.charCodeAt(this.at) === closing) {
      this.at++;
      return;
    }
    for (;;) {
      visit();
      this.space();
      const code = this.text.charCodeAt(this.at);
      if (code !== 44 && code !== closing) this.fault(this.at, `"," or "${close}"`);
      this.at++;
      if (code === closing) return;
      this.space();
    }
  }

  private string(): void {
    const { text } = this;
    let at = this.at + 1;
    for (let code = text.charCodeAt(at); code !== 34; code = text.charCodeAt(at)) {
      if (code === 92) {
        this.at = at;
        this.token(ESCAPE, "an escape sequence of JSON");
        at = this.at;
      } else if (code >= 32) {
        at++;
      } else {
        this.fault(at, at < text.length ? "a string without control characters" : "a closing double quote");
      }
    }
    this.at = at + 1;
  }

  private number(): void {
    const start = this.at;
    this.token(NUMBER, "a value");
    if (!this.plain) return;
    const spelling = this.text.slice(start, this.at);
    if (String(Number(spelling)) !== spelling) this.plain = false;
  }

  private token(pattern: RegExp, expected: string): void {
    pattern.lastIndex = this.at;
    if (!pattern.test(this.text)) this.fault(this.at, expected);
    this.at = pattern.lastIndex;
  }
}
