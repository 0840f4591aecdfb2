/** Longitudes and latitudes as unit vectors, exact at the poles and on the meridians 0, ±90 and ±180. */

const RADIANS = Math.PI / 180;

/**
 * Unit vectors of points, three numbers a point. Longitudes that differ by whole turns give equal vectors, and so do
 * all longitudes at a pole.
 * @param lonDeg any finite longitude; length n
 * @param latDeg latitude on the sphere, [-90, 90]; length n
 * @param out    written in full; length 3n
 */
export function unitVectors(lonDeg: Float64Array, latDeg: Float64Array, out: Float64Array): void {
  for (let i = 0; i < lonDeg.length; i++) {
    const lon = lonDeg[i]! % 360;
    const lat = latDeg[i]!;
    const radius = cosDeg(lat);
    out[3 * i] = radius * cosDeg(lon);
    out[3 * i + 1] = radius * sinDeg(lon);
    out[3 * i + 2] = sinDeg(lat);
  }
}

function sinDeg(angleDeg: number): number {
  const quarter = Math.round(angleDeg / 90);
  const rest = (angleDeg - 90 * quarter) * RADIANS;
  const turned = ((quarter % 4) + 4) % 4;
  const size = turned % 2 === 0 ? Math.sin(rest) : Math.cos(rest);
  return turned < 2 ? size : -size;
}

function cosDeg(angleDeg: number): number {
  return sinDeg(Math.abs(angleDeg) + 90);
}
