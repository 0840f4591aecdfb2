/** The folder of shared sample data beside the repository; tests that use it are skipped, by name, where it is absent. */
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../../shared/", import.meta.url));

export const hasShared = existsSync(root);

/** Path of a shared file. */
export function sharedPath(path: string): string {
  return root + path;
}

/** Names of the shared files of a folder, sorted; none without the folder. */
export function sharedNames(folder: string): readonly string[] {
  return hasShared ? readdirSync(root + folder).sort() : [];
}
