import { healpix } from "@zagg/grid-healpix";
import { aggregateOurs } from "./group-and-aggregate.mjs";
import { generator } from "./samples.mjs";

const points = Number(process.argv[2]);
const grid = healpix.create(
  { parent_order: 4, child_order: 12, layout: "fullsphere", latitude: "authalic" },
  [],
);
const cells = 4 ** 8;
const key = grid.coverer([
  [{ lonDeg: Float64Array.of(120, 120.1, 120.1), latDeg: Float64Array.of(-75, -75, -74.9) }],
]).shardKeys[0];
aggregateOurs(new Int32Array(1000), new Float32Array(1000), cells);

const idle = process.memoryUsage().rss;
const next = generator(3);
const [lon, lat, h] = [new Float64Array(points), new Float64Array(points), new Float32Array(points)];
for (let i = 0; i < points; i++) {
  lon[i] = 118 + 4 * next();
  lat[i] = -76 + 2 * next();
  h[i] = 3000 * next();
}
const own = lon.byteLength + lat.byteLength + h.byteLength;
const positions = new Int32Array(points);
grid.locate(key, lon, lat, positions);
let kept = 0;
for (let i = 0; i < points; i++) {
  if (positions[i] < 0) continue;
  positions[kept] = positions[i];
  h[kept++] = h[i];
}
aggregateOurs(positions.subarray(0, kept), h.subarray(0, kept), cells);
const peak = process.resourceUsage().maxRSS * 1024 - idle;
console.log(JSON.stringify({ own, kept, peak }));
