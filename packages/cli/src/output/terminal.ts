/** Where a command writes: results to stdout, all else to stderr. */
import picocolors from "picocolors";

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Only results and errors. */
  readonly quiet: boolean;
  /** Errors with cause and stack. */
  readonly verbose: boolean;
  /** Colours for stderr; plain where it is not a terminal or `NO_COLOR` is set. */
  readonly colors: ReturnType<typeof picocolors.createColors>;
}

/** All but line ends, tabs and colours. */
const CONTROL = /\u001b(?!\[\d+m)|[\u0000-\u0008\u000b-\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f]/g;

export function createTerminal(
  stdout: Output,
  stderr: Output,
  options: { quiet?: boolean; verbose?: boolean; env?: Readonly<Record<string, string | undefined>> } = {},
): Terminal {
  const plain = (options.env?.["NO_COLOR"] ?? "") !== "" || stderr.isTTY !== true;
  return {
    stdout,
    stderr,
    quiet: options.quiet ?? false,
    verbose: options.verbose ?? false,
    colors: picocolors.createColors(!plain),
  };
}

/**
 * Writes text that may hold what others wrote, such as ids of granules. Their control characters could move the cursor or
 * rename the window; of these only our colours pass.
 */
export function write(output: Output, text: string): void {
  output.write(text.replace(CONTROL, "\ufffd"));
}

/** A result line. */
export function print(terminal: Terminal, text: string): void {
  write(terminal.stdout, `${text}\n`);
}

/** A line about what goes on; silent with `--quiet`. */
export function tell(terminal: Terminal, text: string): void {
  if (!terminal.quiet) write(terminal.stderr, `${text}\n`);
}

/** One documented object, indented. */
export function printJson(terminal: Terminal, value: unknown): void {
  print(terminal, JSON.stringify(value, null, 2));
}
