/**
 * Reading and writing maps with 64-bit keys: one of 50 MB whose records are all different, and one of 300 MB, 564 shards
 * of an archive of 35,000 granules, as a string and in chunks of 4 MB.
 */
import { bench, describe } from "vitest";
import { parseShardMap } from "./parse.js";
import { serializeShardMap } from "./serialize.js";
import { createShardMap, type GranuleRecord, type ShardMap } from "./shard-map.js";

const CHUNK_BYTES = 2 ** 22;

const record = (i: number): GranuleRecord => ({
  id: `ATL03_20190203150920_${i}_007_01.h5`,
  s3: `s3://bucket-of-granules/ATLAS/ATL03/007/2019/02/03/ATL03_20190203150920_${i}_007_01.h5`,
  https: `https://data.example.org/bucket-of-granules/ATLAS/ATL03/007/2019/02/03/ATL03_20190203150920_${i}_007_01.h5`,
});

function mapOf(shards: number, granulesPerShard: number, distinct: number): ShardMap {
  const records = Array.from({ length: distinct }, (_, i) => record(i));
  return createShardMap({
    metadata: {},
    gridSignature: null,
    shardKeys: BigUint64Array.from({ length: shards }, (_, i) => 2n ** 63n + 4096n * BigInt(i)),
    granules: Array.from({ length: shards }, (_, i) =>
      Array.from({ length: granulesPerShard }, (_, j) => records[(i * granulesPerShard + j) % distinct]!),
    ),
  });
}

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

const once = { iterations: 3, warmupIterations: 1, time: 0 };

for (const [name, map] of [
  ["records all different", mapOf(2_000, 100, 200_000)],
  ["records of an archive", mapOf(564, 1_750, 35_000)],
] as const) {
  const text = serializeShardMap(map);
  const bytes = new TextEncoder().encode(text);
  describe(`${name}, ${(text.length / 1e6).toFixed(0)} MB`, () => {
    bench("parse, in chunks", () => void parseShardMap(chunksOf(bytes)), once);
    bench("parse, a string", () => void parseShardMap(text), once);
    bench("JSON.parse, which rounds the keys", () => void JSON.parse(text), once);
    bench("serialize", () => void serializeShardMap(map), once);
  });
}
