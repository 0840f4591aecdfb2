/** The folder of the demo: its own, so that nothing of anyone else's is replaced. */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError } from "@zagg/core";
import { unwritable } from "../inputs/files.js";

/** Says that the demo made a folder, and may replace what it made there. */
const MARKER = ".zagg-demo";

/**
 * Makes the folder, or takes over one that is empty or of an earlier demo.
 * @throws ConfigError `CLI_DEMO_FOLDER` when it holds anything else, `CLI_FILE_UNWRITABLE`
 */
export async function claimDemoFolder(folder: string): Promise<void> {
  let names: string[];
  try {
    await mkdir(folder, { recursive: true });
    names = await readdir(folder);
    if (names.length === 0)
      await writeFile(join(folder, MARKER), "Made by zagg demo, which may replace it.\n");
  } catch (cause) {
    throw unwritable(folder, cause);
  }
  if (names.length === 0 || names.includes(MARKER)) return;
  throw new ConfigError("CLI_DEMO_FOLDER", {
    what: `${folder} holds "${names[0]}", which is not the demo's`,
    why: "the demo replaces what an earlier one made, and nothing else",
    mend: "name a new folder with --out",
    path: folder,
  });
}
