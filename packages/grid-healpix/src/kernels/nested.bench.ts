import { bench, describe } from "vitest";
import { randomPoints, trackPoints } from "../../bench/points.js";
import { textbookNested } from "../../bench/textbook-nested.js";
import { faceCellOfNested } from "./cell-index.js";
import { assignNested, locateInShard, shardKeysOf } from "./nested.js";

const COUNT = 500_000;
const SHARD_ORDER = 6;
const ids = new BigUint64Array(COUNT);
const positions = new Int32Array(COUNT);
const options = { warmupIterations: 2, iterations: 5, time: 500 };

for (const { name, lonDeg, latDeg } of [randomPoints(COUNT), trackPoints(COUNT)]) {
  assignNested(SHARD_ORDER, lonDeg, latDeg, "geodetic", ids);
  const shard = faceCellOfNested(SHARD_ORDER, ids[0]!);
  for (const order of [12, 19, 29]) {
    for (const latitude of ["geodetic", "authalic"] as const) {
      describe(`${COUNT} ${name} points, order ${order}, ${latitude} latitude`, () => {
        bench("textbook", () => textbookNested(order, lonDeg, latDeg, latitude === "authalic", ids), options);
        bench("assignNested", () => assignNested(order, lonDeg, latDeg, latitude, ids), options);
        bench("shardKeysOf", () => shardKeysOf(order, lonDeg, latDeg, latitude, ids), options);
        const cellOrder = Math.min(order, SHARD_ORDER + 15);
        bench(
          `locateInShard (cells of order ${cellOrder} in a shard of order ${SHARD_ORDER})`,
          () => {
            const { face, ix, iy } = shard;
            locateInShard(cellOrder, SHARD_ORDER, face, ix, iy, lonDeg, latDeg, latitude, positions);
          },
          options,
        );
      });
    }
  }
}
