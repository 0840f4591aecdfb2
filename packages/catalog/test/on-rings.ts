/** Points and rings on the sphere, for tests. */
import { type Ring } from "@zagg/core";
import { regionFromGeoJson } from "@zagg/sphere";
import { groundTrack, icesat2Orbit, swathRings, type OrbitPass } from "../src/index.js";
import { plainVectorOf, type Vector } from "@zagg/sphere";

/** Whether a point lies in a ring that fits in a hemisphere: by the turns that its edges make around the point. */
export function isInside([x, y, z]: Vector, { lonDeg, latDeg }: Ring): boolean {
  const east = Math.hypot(x, y) < 1e-9 ? [1, 0, 0] : [-y / Math.hypot(x, y), x / Math.hypot(x, y), 0];
  const north = [y * east[2]! - z * east[1]!, z * east[0]! - x * east[2]!, x * east[1]! - y * east[0]!];
  const bearings = Array.from(lonDeg, (lon, i) => {
    const v = plainVectorOf(lon, latDeg[i]!);
    return Math.atan2(
      v[0] * north[0]! + v[1] * north[1]! + v[2] * north[2]!,
      v[0] * east[0]! + v[1] * east[1]! + v[2] * east[2]!,
    );
  });
  const middle = Array.from(lonDeg, (lon, i) => plainVectorOf(lon, latDeg[i]!)).reduce((a, b) => [
    a[0] + b[0],
    a[1] + b[1],
    a[2] + b[2],
  ]);
  if (middle[0] * x + middle[1] * y + middle[2] * z < 0) return false;
  const turns = bearings.map((bearing, i) => {
    const turn = bearings[(i + 1) % bearings.length]! - bearing;
    return turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI));
  });
  return Math.abs(turns.reduce((a, b) => a + b)) > Math.PI;
}

/** The swath of a pass. */
export function ringsOf(pass: OrbitPass, orbit = icesat2Orbit): Ring[] {
  const rings = swathRings(groundTrack(pass, orbit), orbit.swathWidthKm);
  return regionFromGeoJson({ type: "MultiPolygon", coordinates: rings.map((ring) => [ring]) }).map(
    (polygon) => polygon[0]!,
  );
}
