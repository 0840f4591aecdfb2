/** Points to positions in a shard, by kind of projection; one iteration is a million points. */
import { bench, describe } from "vitest";
import { rectilinear } from "../grid.js";

const N = 1_000_000;

const cases = [
  ["degrees, no projection", "EPSG:4326", 0.001, [-180, -90, 180, 90], [-180, 180, -90, 90]],
  ["polar stereographic", "EPSG:3031", 5000, [-3.2e6, -3.2e6, 3.2e6, 3.2e6], [-180, 180, -90, -65]],
  ["transverse Mercator", "EPSG:32618", 10, [0, 3e6, 1e6, 6e6], [-78, -72, 30, 50]],
  ["cylindrical equal area", "EPSG:6933", 1000, [-17e6, -7e6, 17e6, 7e6], [-180, 180, -80, 80]],
  ["azimuthal equal area", "EPSG:3035", 1000, [2e6, 1e6, 7e6, 6e6], [-10, 30, 35, 70]],
  ["with a datum shift", "EPSG:27700", 100, [0, 0, 7e5, 13e5], [-5, 2, 50, 58]],
] as const;

describe("locate, a million points", () => {
  for (const [name, crs, resolution, bounds, [west, east, south, north]] of cases) {
    const grid = rectilinear.create({ crs, resolution, bounds: [...bounds] as never }, []);
    const lonDeg = Float64Array.from({ length: N }, (_, i) => west + (east - west) * ((i * 0.618033988) % 1));
    const latDeg = Float64Array.from(
      { length: N },
      (_, i) => south + (north - south) * ((i * 0.754877666) % 1),
    );
    const out = new Int32Array(N);
    bench(name, () => void grid.locate(0n, lonDeg, latDeg, out), { iterations: 3, time: 500 });
  }
});
