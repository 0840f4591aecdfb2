import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeShard, parseShardIndex } from "../src/index.js";
import { joinShard } from "../src/blocks/shard.js";
import { arraySpec } from "./sample-arrays.js";

const sharedShards = join(
  import.meta.dirname,
  "../../../../shared/data/zarr/2d.chunked.compressed.sharded.i2/c",
);

describe("a shard", () => {
  const array = arraySpec({ dtype: "uint8", fillValue: 0 });

  it("holds its chunks in row-major order without gaps, and an index that says where", async () => {
    const shard = await encodeShard(array, Uint8Array.of(1, 2, 3, 4, 0, 0, 0, 0, 5, 6, 7, 8, 0, 0, 0, 9));
    expect(shard?.subarray(0, 12)).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 9));
    const { offsets, lengths } = parseShardIndex(shard as Uint8Array, 4);
    expect([...offsets]).toEqual([0, -1, 4, 8]);
    expect([...lengths]).toEqual([4, -1, 4, 4]);
    expect(shard).toHaveLength(12 + 4 * 16 + 4);
  });

  it("marks an absent chunk with 2^64-1 twice", async () => {
    const shard = await encodeShard(array, Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    expect(shard?.subarray(4, 20)).toEqual(new Uint8Array(16).fill(255));
  });

  it("is not made of nothing but fill", async () => {
    expect(await encodeShard(array, new Uint8Array(16))).toBeUndefined();
  });

  it("is refused with a code when any byte of its index is altered, or it is cut short", async () => {
    const shard = (await encodeShard(array, new Uint8Array(16).fill(7))) as Uint8Array;
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: shard.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, change) => {
          const altered = shard.slice();
          altered[at] = altered[at]! ^ change;
          expect(codeOf(() => parseShardIndex(altered, 4))).toBe("SHARD_CORRUPT");
        },
      ),
    );
    for (const length of [0, 3, 67, shard.length - 1]) {
      expect(codeOf(() => parseShardIndex(shard.subarray(0, length), 4))).toBe("SHARD_CORRUPT");
    }
  });

  it("is refused when its index points outside, though the checksum is right", () => {
    const shard = joinShard([Uint8Array.of(1, 2)], 2);
    expect(codeOf(() => parseShardIndex(shard.subarray(1), 1))).toBe("SHARD_CORRUPT");
  });
});

describe.runIf(existsSync(sharedShards))("a shard that zarrita's author published", () => {
  it.each(["0/0", "0/1", "1/0", "1/1"])(
    "is read, and put together again from its chunks to the byte: %s",
    (name) => {
      const shard = new Uint8Array(readFileSync(join(sharedShards, name)));
      const { offsets, lengths } = parseShardIndex(shard, 4);
      const stored = Array.from(offsets, (offset, chunk) =>
        offset < 0 ? undefined : shard.slice(offset, offset + lengths[chunk]!),
      );
      const present = stored.filter((chunk) => chunk !== undefined);
      expect(present.length).toBeGreaterThan(0);
      for (const chunk of present) expect(gunzipSync(chunk)).toHaveLength(2);
      const size = present.reduce((sum, chunk) => sum + chunk.length, 0);
      expect(joinShard(stored, size)).toEqual(shard);
    },
  );
});

function codeOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}
