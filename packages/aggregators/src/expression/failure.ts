/** Errors that point at a place in an expression. */
import { ConfigError, type JsonObject } from "@zagg/core";
import type { codes } from "../codes.js";

/** The text of an expression, and where the config has it. */
export interface Source {
  readonly text: string;
  /** JSON pointer. */
  readonly path: string | undefined;
}

type ExpressionCode = Extract<keyof typeof codes, `EXPRESSION_${string}`>;

/** Characters shown on either side of the place. */
const WINDOW = 50;

/** A coded error whose message ends with the expression and a caret under the place. */
export function failure(
  code: ExpressionCode,
  source: Source,
  at: number,
  parts: {
    readonly what: string;
    readonly why: string;
    readonly mend: string;
    readonly details?: JsonObject;
  },
): ConfigError {
  return new ConfigError(code, {
    ...(source.path === undefined ? {} : { path: source.path }),
    what: parts.what,
    why: parts.why,
    mend: `${parts.mend}\n${caret(source.text, at)}`,
    details: { ...parts.details, expression: source.text.slice(0, 2 * WINDOW), position: at },
  });
}

function caret(text: string, at: number): string {
  const from = Math.max(0, at - WINDOW);
  const to = Math.min(text.length, at + WINDOW);
  const shown = text.slice(from, to).replace(/\s/g, " ");
  const before = from > 0 ? "…" : "";
  const after = to < text.length ? "…" : "";
  return `  ${before}${shown}${after}\n  ${" ".repeat(before.length + at - from)}^`;
}
