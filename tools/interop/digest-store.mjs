// Prints, as JSON, a SHA-256 of the values in every stored object of a local store, as zarrita reads them; of ragged
// arrays, which it does not know, one of the payloads in every chunk of each object, as openRagged reads them. An array
// that zarrita cannot read exactly has the dtype null and no digests.
// Usage: digest-store.mjs STORE
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { formatJson, openRagged, readHierarchy } from "@zagg/zarr";
import { fileStore } from "@zagg/zarr/fs";
import * as zarrita from "zarrita";

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error("usage: digest-store.mjs STORE");
const store = fileStore.open(path);

/** The store as zarrita wants one. */
const readable = {
  get: (key) => store.get(key.slice(1)),
  async getRange(key, { offset, length, suffixLength }) {
    const file = await open(join(store.uri, key)).catch(() => undefined);
    if (file === undefined) return undefined;
    try {
      const size = suffixLength ?? length;
      const start = suffixLength === undefined ? offset : (await file.stat()).size - size;
      const { buffer } = await file.read(new Uint8Array(size), 0, size, start);
      return buffer;
    } finally {
      await file.close();
    }
  },
};

const digests = {};
for (const { path: arrayPath, dtype, shape, storedShape, chunkShape, fillValue } of (
  await readHierarchy(store)
).arrays) {
  if (dtype === "variable_length_bytes") {
    digests[arrayPath] = {
      dtype,
      shape,
      regions: await raggedRegions(arrayPath, shape, storedShape, chunkShape),
    };
    continue;
  }
  // zarrita reads such a fill value as a double, so its values say nothing.
  if (typeof fillValue === "bigint") {
    digests[arrayPath] = { dtype: null, shape, regions: {} };
    continue;
  }
  const array = await zarrita.open.v3(zarrita.root(readable).resolve(arrayPath), { kind: "array" });
  const regions = {};
  for await (const key of store.list(`${arrayPath}/c`)) {
    const index = key.split("/c").at(-1).split("/").slice(1).map(Number);
    const region = index.map((number, axis) => {
      const start = number * storedShape[axis];
      return [start, Math.min(start + storedShape[axis], shape[axis])];
    });
    const result = await zarrita.get(
      array,
      region.map(([start, stop]) => zarrita.slice(start, stop)),
    );
    regions[formatJson(region).replace(/\s/g, "")] = createHash("sha256")
      .update(bytesOf(array.dtype, result))
      .digest("hex");
  }
  digests[arrayPath] = { dtype: array.dtype, shape, regions };
}
console.log(formatJson(digests));

/** Digests of the chunks of every stored object: for each cell, the number of its bytes (32 bits) and the bytes. */
async function raggedRegions(arrayPath, shape, storedShape, chunkShape) {
  const array = await openRagged(store, arrayPath);
  const regions = {};
  for await (const key of store.list(`${arrayPath}/c`)) {
    const object = key.split("/c").at(-1).split("/").slice(1).map(Number);
    const perObject = storedShape.map((extent, axis) => extent / chunkShape[axis]);
    const chunks = perObject.reduce(
      (indexes, count, axis) =>
        indexes.flatMap((index) =>
          Array.from({ length: count }, (_, i) => [...index, object[axis] * count + i]),
        ),
      [[]],
    );
    for (const index of chunks) {
      const region = index.map((number, axis) => [
        number * chunkShape[axis],
        (number + 1) * chunkShape[axis],
      ]);
      // A chunk that reaches beyond the array has cells that no slice of it gives.
      if (region.some(([, stop], axis) => stop > shape[axis])) continue;
      const { offsets, values } = await array.readChunk(index);
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      const scale = offsets.at(-1) === 0 ? 0 : bytes.length / offsets.at(-1);
      const hash = createHash("sha256");
      for (let cell = 0; cell + 1 < offsets.length; cell++) {
        const payload = bytes.subarray(offsets[cell] * scale, offsets[cell + 1] * scale);
        hash.update(Uint32Array.of(payload.length)).update(payload);
      }
      regions[formatJson(region).replace(/\s/g, "")] = hash.digest("hex");
    }
  }
  return regions;
}

/** Little-endian bytes of what zarrita read: an array, or the value of one without dimensions. */
function bytesOf(dtype, result) {
  const { data } = result ?? {};
  if (dtype === "bool") return Uint8Array.from(data ?? [result], Number);
  if (data !== undefined) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const types = {
    int64: BigInt64Array,
    uint64: BigUint64Array,
    float32: Float32Array,
    float64: Float64Array,
  };
  const integers = {
    int8: Int8Array,
    int16: Int16Array,
    int32: Int32Array,
    uint8: Uint8Array,
    uint16: Uint16Array,
    uint32: Uint32Array,
  };
  return new Uint8Array({ ...types, ...integers }[dtype].of(result).buffer);
}
