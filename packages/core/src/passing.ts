/** Failures of the operating system that pass. */

const PASSING: readonly string[] = [
  "EAGAIN",
  "EBUSY",
  "EINTR",
  "EMFILE",
  "ENETDOWN",
  "ENETUNREACH",
  "ENFILE",
  "ENOMEM",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ESTALE",
  "ETIMEDOUT",
];

/**
 * The part of a coded error that says that its cause may pass: too many files are open, memory is short, or the machine
 * that has the disk does not answer. Empty for what stays, such as permissions or a damaged disk.
 * @param cause an error of Node, known by its `code`
 */
export function passing(cause: unknown): { readonly transient?: true } {
  const code = (cause as { code?: unknown } | null | undefined)?.code;
  return typeof code === "string" && PASSING.includes(code) ? { transient: true } : {};
}
