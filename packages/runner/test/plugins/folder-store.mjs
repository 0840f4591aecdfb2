/** A store in a folder, which threads can share: for tests. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { NOTES, rangeWithin } from "@zagg/core";

/** @type {(uri: string) => import("@zagg/core").ObjectStore} */
const open = (uri) => ({
  uri,
  get: async (key) => (existsSync(join(uri, key)) ? readFileSync(join(uri, key)) : undefined),
  getRange: async (key, range) => {
    if (!existsSync(join(uri, key))) return undefined;
    const bytes = readFileSync(join(uri, key));
    const { start, stop } = rangeWithin(range, bytes.length);
    return bytes.subarray(start, stop);
  },
  size: async (key) => statSync(join(uri, key), { throwIfNoEntry: false })?.size,
  put: async (key, bytes) => {
    mkdirSync(dirname(join(uri, key)), { recursive: true });
    writeFileSync(join(uri, key), bytes);
  },
  delete: async (key) => rmSync(join(uri, key), { force: true }),
  async *list(prefix) {
    if (!existsSync(uri)) return;
    for (const key of readdirSync(uri, { recursive: true, encoding: "utf8" })) {
      if (key.startsWith(prefix)) yield key;
    }
  },
});

/** @type {import("@zagg/core").StoreFactory} */
export const folderStore = {
  kind: "store",
  apiVersion: 2,
  name: "folder",
  description: "Files in a folder.",
  schemes: ["file"],
  optionsSchema: { type: "object", properties: {} },
  open,
  begin: async (uri, id) => {
    const workUri = `${uri}.${id}.partial`;
    const resumed = existsSync(workUri);
    mkdirSync(workUri, { recursive: true });
    return {
      workUri,
      store: open(workUri),
      resumed,
      committing: false,
      commit: async (root) => {
        rmSync(join(workUri, NOTES), { recursive: true, force: true });
        for (const { key, bytes } of root) writeFileSync(join(workUri, key), bytes);
        rmSync(uri, { recursive: true, force: true });
        renameSync(workUri, uri);
      },
      abort: async () => rmSync(workUri, { recursive: true, force: true }),
    };
  },
};
