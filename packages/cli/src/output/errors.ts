/** Errors and warnings as their reader sees them: code, what, why, how to mend it. */
import type { CodedError, JsonObject, Warning } from "@zagg/core";
import { tell, write, type Terminal } from "./terminal.js";

interface Told {
  readonly code: string;
  readonly what: string;
  readonly why: string;
  readonly mend: string;
  readonly path?: string | undefined;
}

/** Writes an error, and every problem it lists, to stderr. */
export function tellError(terminal: Terminal, error: CodedError): void {
  const { colors, stderr } = terminal;
  const problems = (error.details?.["problems"] ?? []) as readonly (Told & JsonObject)[];
  const listed: readonly (Told & { details?: JsonObject | undefined })[] =
    problems.length > 0 ? problems.map((problem) => ({ ...problem, details: problem })) : [error];
  for (const problem of listed) {
    write(
      stderr,
      `${colors.red(`error ${problem.code}`)}${placeOf(problem.details, problem.path)}\n${body(problem, colors.bold)}`,
    );
  }
  if (terminal.verbose) {
    write(stderr, `${colors.dim(error.stack ?? "")}\n`);
    if (error.cause !== undefined) write(stderr, `${colors.dim(`cause: ${causeText(error.cause)}`)}\n`);
  }
}

/** Writes warnings to stderr. */
export function tellWarnings(terminal: Terminal, warnings: readonly Warning[]): void {
  for (const warning of warnings) {
    const head = terminal.colors.yellow(`warning ${warning.code}`);
    tell(
      terminal,
      `${head}${placeOf(warning.details, warning.path)}\n${body(warning, (text) => text).trimEnd()}`,
    );
  }
}

function body({ what, why, mend }: Told, emphasize: (text: string) => string): string {
  return `  ${emphasize(what)}\n  why   ${indent(why)}\n  mend  ${indent(mend)}\n`;
}

function indent(text: string): string {
  return text.replaceAll("\n", "\n        ");
}

/** ` at file:line:column`, as far as it is known, with the place inside a file whose line is not; else the path alone. */
function placeOf(details: JsonObject | undefined, path: string | undefined): string {
  const { file, line, column } = details ?? {};
  if (typeof file !== "string") return path === undefined ? "" : ` at ${path}`;
  if (typeof line === "number")
    return ` at ${[file, line, ...(typeof column === "number" ? [column] : [])].join(":")}`;
  return path === undefined || path === file || path === "" ? ` at ${file}` : ` at ${file}, ${path}`;
}

function causeText(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
