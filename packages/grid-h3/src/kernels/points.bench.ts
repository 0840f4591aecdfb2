import { latLngToCell } from "h3-js";
import { bench, describe } from "vitest";
import { randomPoints, trackPoints } from "../../bench/points.js";
import { h3 } from "../h3.js";
import { assignH3 } from "./points.js";

const COUNT = 100_000;
const ids = new BigUint64Array(COUNT);
const positions = new Int32Array(COUNT);
const options = { warmupIterations: 1, iterations: 3, time: 500 };

for (const { name, lonDeg, latDeg } of [randomPoints(COUNT), trackPoints(COUNT)]) {
  for (const childRes of [6, 9, 12]) {
    const grid = h3.create({ parent_res: childRes - 4, child_res: childRes }, []);
    grid.shardsOf(lonDeg, latDeg, ids);
    const shard = ids[COUNT / 2]!;
    describe(`${COUNT} ${name} points, resolution ${childRes}`, () => {
      bench(
        "h3-js and BigInt",
        () => {
          for (let i = 0; i < COUNT; i++) {
            ids[i] = BigInt(`0x${latLngToCell(latDeg[i]!, lonDeg[i]!, childRes)}`);
          }
        },
        options,
      );
      bench("assign", () => assignH3(childRes, lonDeg, latDeg, ids), options);
      bench("shardsOf", () => grid.shardsOf(lonDeg, latDeg, ids), options);
      bench("locate", () => void grid.locate(shard, lonDeg, latDeg, positions), options);
    });
  }
}
