/** Names of files that are still being written, which listings leave out. */
import { randomUUID } from "node:crypto";

/** A name that no other process or thread makes. */
export function temporaryName(): string {
  return `.zagg-${randomUUID()}.tmp`;
}

export function isTemporaryName(name: string): boolean {
  return /^\.zagg-[0-9a-f-]{36}\.tmp$/.test(name);
}
