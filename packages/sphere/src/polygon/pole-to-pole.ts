/** The only edges between opposite points that have a direction: from pole to pole, along the meridian of their longitude. */
import type { Ring } from "@zagg/core";

/** The same ring, with a vertex at the equator of every edge from pole to pole whose ends have one longitude. */
export function alongMeridians(ring: Ring): Ring {
  const { lonDeg, latDeg } = ring;
  const count = lonDeg.length;
  let found = 0;
  for (let i = 0, j = count - 1; i < count; j = i++) if (isPoleToPole(ring, j, i)) found++;
  if (found === 0) return ring;
  const lon: number[] = [];
  const lat: number[] = [];
  for (let i = 0; i < count; i++) {
    lon.push(lonDeg[i]!);
    lat.push(latDeg[i]!);
    if (!isPoleToPole(ring, i, (i + 1) % count)) continue;
    lon.push(lonDeg[i]!);
    lat.push(0);
  }
  return { lonDeg: Float64Array.from(lon), latDeg: Float64Array.from(lat) };
}

function isPoleToPole({ lonDeg, latDeg }: Ring, i: number, j: number): boolean {
  const lat = latDeg[i]!;
  return (lat === 90 || lat === -90) && latDeg[j] === -lat && (lonDeg[i]! - lonDeg[j]!) % 360 === 0;
}
