/** Which zagg this is. */
import { createRequire } from "node:module";

/** The version of the command's package. */
export function cliVersion(): string {
  return (createRequire(import.meta.url)("../package.json") as { version: string }).version;
}
