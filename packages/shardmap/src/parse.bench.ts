/** Reading and writing a map of about 50 MB: 2,000 shards of 100 granules, with 64-bit keys. */
import { bench, describe } from "vitest";
import { parseShardMap } from "./parse.js";
import { serializeShardMap } from "./serialize.js";
import { createShardMap, type GranuleRecord } from "./shard-map.js";

const record = (i: number): GranuleRecord => ({
  id: `ATL03_20190203150920_${i}_007_01.h5`,
  s3: `s3://bucket-of-granules/ATLAS/ATL03/007/2019/02/03/ATL03_20190203150920_${i}_007_01.h5`,
  https: `https://data.example.org/bucket-of-granules/ATLAS/ATL03/007/2019/02/03/ATL03_20190203150920_${i}_007_01.h5`,
});
const map = createShardMap({
  metadata: {},
  gridSignature: null,
  shardKeys: BigUint64Array.from({ length: 2000 }, (_, i) => 2n ** 63n + 4096n * BigInt(i)),
  granules: Array.from({ length: 2000 }, (_, i) =>
    Array.from({ length: 100 }, (_, j) => record(i * 100 + j)),
  ),
});
const text = serializeShardMap(map);

describe(`a map of ${(text.length / 1e6).toFixed(0)} MB`, () => {
  bench("parse", () => void parseShardMap(text), { iterations: 5, warmupIterations: 1, time: 0 });
  bench("JSON.parse, which rounds the keys", () => void JSON.parse(text), {
    iterations: 5,
    warmupIterations: 1,
    time: 0,
  });
  bench("serialize", () => void serializeShardMap(map), { iterations: 5, warmupIterations: 1, time: 0 });
});
