/** A store in a folder, which threads can share: for tests. */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** @type {(uri: string) => import("@zagg/core").ObjectStore} */
const open = (uri) => ({
  uri,
  get: async (key) => (existsSync(join(uri, key)) ? readFileSync(join(uri, key)) : undefined),
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
  open,
  begin: async (uri, id) => {
    const workUri = `${uri}.${id}.partial`;
    const resumed = existsSync(workUri);
    mkdirSync(workUri, { recursive: true });
    return {
      workUri,
      store: open(workUri),
      resumed,
      commit: async () => {
        rmSync(uri, { recursive: true, force: true });
        renameSync(workUri, uri);
      },
      abort: async () => rmSync(workUri, { recursive: true, force: true }),
    };
  },
};
