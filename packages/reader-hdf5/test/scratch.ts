/** A folder of its own for each test file, and the files that tests put there. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const LAYOUTS = fileURLToPath(new URL("fixtures/layouts.h5", import.meta.url));

export interface Scratch {
  path(name: string): string;
  write(name: string, bytes: Uint8Array | string): string;
  /** A copy of the fixture, with bytes replaced. */
  layouts(name: string, patch?: (bytes: Buffer) => Uint8Array): string;
  remove(): void;
}

export function createScratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), "zagg-hdf5-"));
  const path = (name: string) => join(folder, name);
  const write = (name: string, bytes: Uint8Array | string) => {
    writeFileSync(path(name), bytes);
    return path(name);
  };
  return {
    path,
    write,
    layouts(name, patch) {
      if (patch !== undefined) return write(name, patch(readFileSync(LAYOUTS)));
      copyFileSync(LAYOUTS, path(name));
      return path(name);
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
