/**
 * A second way from points to cells, by the projection plane, with the constant √6 as a parameter: that of mortie is
 * cut off after ten digits. One point at a time, in bigints; for tests only.
 */

/** √6 as the published golden words were made with. */
export const TRUNCATED_ROOT = 2.449489743;

const BELT_RAD = 0.7297276562269663;

export interface PlanarCell {
  readonly face: number;
  readonly ix: number;
  readonly iy: number;
  readonly nested: bigint;
}

/** Face of a point and its place in the face, 0..1 along both sides; its latitude is taken as spherical. */
export function planarPlace(
  lonDeg: number,
  latDeg: number,
  rootOfSix: number,
): { readonly face: number; readonly x: number; readonly y: number } {
  const lonRad = lonDeg * (Math.PI / 180);
  const latRad = latDeg * (Math.PI / 180);
  const eighths = Math.abs(lonRad) / (Math.PI / 4);
  const odd = Math.trunc(eighths) | 1;
  const west = lonRad < 0 || Object.is(lonRad, -0);
  const u = west ? odd - eighths : eighths - odd;
  const quarter = west ? 3 - ((odd & 7) >> 1) : (odd & 7) >> 1;
  let face: number;
  let along: number;
  let height: number;
  if (latRad > BELT_RAD) {
    const t = rootOfSix * Math.cos(0.5 * latRad + Math.PI / 4);
    [face, along, height] = [quarter, u * t, 2 - t];
  } else if (latRad < -BELT_RAD) {
    const t = rootOfSix * Math.cos(0.5 * latRad - Math.PI / 4);
    [face, along, height] = [quarter + 8, u * t, t];
  } else {
    const y = Math.sin(latRad) / (2 / 3);
    const a = u > y ? 1 : 0;
    const b = u >= -y ? 1 : 0;
    const c = a & b;
    const d = a + 1 - b;
    [face, along, height] = [4 * d + ((quarter + c) & 3), u - (a + b - 1), y + d];
  }
  return { face, x: (height + along) / 2, y: (height - along) / 2 };
}

/** Cell of a point, its latitude taken as spherical. */
export function planarCell(order: number, lonDeg: number, latDeg: number, rootOfSix: number): PlanarCell {
  const { face, x, y } = planarPlace(lonDeg, latDeg, rootOfSix);
  const nside = 2 ** order;
  const place = (value: number): number => Math.min(Math.max(Math.trunc(value * nside), 0), nside - 1);
  const ix = place(x);
  const iy = place(y);
  let nested = BigInt(face);
  for (let level = order - 1; level >= 0; level--) {
    const bit = (value: number): number => Math.floor(value / 2 ** level) % 2;
    nested = nested * 4n + BigInt(bit(ix) + 2 * bit(iy));
  }
  return { face, ix, iy, nested };
}
