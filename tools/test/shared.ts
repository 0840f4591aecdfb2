/** The folder of shared sample data beside the repository; tests that use it say when it is absent. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../shared/", import.meta.url));

export const hasShared = existsSync(root);

/** Path of a shared file. */
export function sharedPath(path: string): string {
  return root + path;
}
