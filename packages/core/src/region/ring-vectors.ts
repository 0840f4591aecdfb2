/** Rings as unit vectors. */
import type { Ring } from "../geometry.js";

const RAD = Math.PI / 180;

/** Three numbers a vertex. */
export function ringVectors({ lonDeg, latDeg }: Ring): Float64Array {
  const vectors = new Float64Array(3 * lonDeg.length);
  for (let i = 0; i < lonDeg.length; i++) {
    const [lon, lat] = [lonDeg[i]! * RAD, latDeg[i]! * RAD];
    vectors[3 * i] = Math.cos(lat) * Math.cos(lon);
    vectors[3 * i + 1] = Math.cos(lat) * Math.sin(lon);
    vectors[3 * i + 2] = Math.sin(lat);
  }
  return vectors;
}
