// Point in polygon, as it is done in a plane: a shard belongs to a granule when its centre or a corner lies in the
// footprint, both in polar stereographic coordinates. It misses shards that a narrow swath crosses between those points.

const RADIANS = Math.PI / 180;

/** South polar stereographic coordinates on the sphere, in Earth radii. */
function project(lonDeg, latDeg) {
  const r = 2 * Math.tan((Math.PI / 4) * (1 + latDeg / 90));
  return [r * Math.sin(lonDeg * RADIANS), r * Math.cos(lonDeg * RADIANS)];
}

/** The points that stand for each shard: those of its outline that are given, and their mean. */
export function shardPoints(outlines) {
  return outlines.map(([[{ lonDeg, latDeg }]]) => {
    const step = lonDeg.length / 4;
    const corners = [0, 1, 2, 3].map((k) => project(lonDeg[k * step], latDeg[k * step]));
    const mean = [0, 1].map((axis) => corners.reduce((sum, corner) => sum + corner[axis] / 4, 0));
    return [mean, ...corners];
  });
}

/** How many shards have one of their points in the footprint. */
export function countByPoints([[{ lonDeg, latDeg }]], shards) {
  const ring = Array.from(lonDeg, (lon, i) => project(lon, latDeg[i]));
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  let count = 0;
  for (const points of shards) {
    const isIn = points.some(
      ([x, y]) => x >= west && x <= east && y >= south && y <= north && holds(xs, ys, x, y),
    );
    if (isIn) count++;
  }
  return count;
}

function holds(xs, ys, x, y) {
  let inside = false;
  for (let i = 0, j = xs.length - 1; i < xs.length; j = i++) {
    if (ys[i] > y !== ys[j] > y && x < ((xs[j] - xs[i]) * (y - ys[i])) / (ys[j] - ys[i]) + xs[i])
      inside = !inside;
  }
  return inside;
}
