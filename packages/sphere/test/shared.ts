/** Real regions, when the folder `shared` stands beside the repository. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = new URL("../../../../shared/fixtures/benchmark/", import.meta.url);

export const hasShared = existsSync(fileURLToPath(folder));
export const readShared = (path: string): string => readFileSync(new URL(path, folder), "utf8");
