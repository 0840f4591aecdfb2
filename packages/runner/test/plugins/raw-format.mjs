/** A format that stores the bytes of each block as they are: for tests. */

/** @type {import("@zagg/core").OutputFormat} */
export const rawFormat = {
  kind: "format",
  apiVersion: 2,
  name: "raw",
  description: "Typed arrays, block by block.",
  recognizes: async (store) => (await store.get("root.json")) !== undefined,
  begin: async (store, { arrays }) => {
    for (const { path, dtype } of arrays) {
      await store.put(`${path}/array.json`, new TextEncoder().encode(JSON.stringify({ dtype })));
    }
  },
  writeBlock: async (store, { path }, block, values) => {
    const bytes =
      "offsets" in values
        ? new TextEncoder().encode(JSON.stringify([[...values.offsets], [...values.values].map(Number)]))
        : new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
    await store.put(`${path}/${block.join(".")}`, bytes);
    return bytes.length;
  },
  root: ({ arrays }) => {
    const paths = JSON.stringify(arrays.map(({ path }) => path));
    return [{ key: "root.json", bytes: new TextEncoder().encode(paths) }];
  },
};
