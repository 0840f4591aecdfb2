/** What commands that make a map of others say of the members they could not take over. */
import type { Warning } from "@zagg/core";
import { tellWarnings } from "./errors.js";
import type { Terminal } from "./terminal.js";

/** Warns of top-level members that the format does not name and that were left out. */
export function tellExtrasDropped(terminal: Terminal, keys: readonly string[]): void {
  if (keys.length === 0) return;
  const warning: Warning = {
    code: "CLI_EXTRAS_DROPPED",
    what: `the new map does not have ${keys.join(", ")}`,
    why: "the format does not name these members, so how they belong to the shards is not known",
    mend: "make them again for the new map, if it needs them",
    details: { keys: [...keys] },
  };
  tellWarnings(terminal, [warning]);
}
