// Points to cells.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assignNested } from "@zagg/grid-healpix";
import { assignPlain } from "./baseline.mjs";
import { ratios, seconds, takeTurns } from "./rounds.mjs";
import { randomPoints, trackPoints } from "./samples.mjs";

/** The baseline is given this part of the points: it is that slow. */
const PLAIN_PART = 0.04;

export async function benchAssignment({ points, rounds, folder, python }) {
  console.log("point assignment (degrees to nested ids)");
  const out = new BigUint64Array(points);
  for (const [kind, { lon, lat }] of Object.entries({
    random: randomPoints(points),
    "along-track": trackPoints(points),
  })) {
    const files = { lon: join(folder, `${kind}-lon.f64`), lat: join(folder, `${kind}-lat.f64`) };
    if (python.modules.length > 0) {
      writeFileSync(files.lon, lon);
      writeFileSync(files.lat, lat);
    }
    const part = Math.floor(points * PLAIN_PART);
    for (const order of [12, 19, 29]) {
      for (const latitude of ["geodetic", "authalic"]) {
        const contenders = {
          ours: () => seconds(() => assignNested(order, lon, lat, latitude, out)),
          plain: () => seconds(() => assignPlain(order, lon.subarray(0, part), lat.subarray(0, part), out)),
        };
        // mortie follows authalic latitude; healpy takes latitude as it comes.
        const rivals = latitude === "authalic" ? ["healpy", "mortie"] : ["healpy"];
        for (const task of rivals.filter((name) => python.modules.includes(name))) {
          contenders[task] = () => python.time({ task, order, ...files });
        }
        ratios(`  order ${order}, ${kind}, ${latitude}`, points, await takeTurns(contenders, rounds), {
          plain: part / points,
        });
      }
    }
  }
  console.log();
}
