/** A place in each zone. */
import type { Region } from "@zagg/core";
import { zoneAt, type ZoneIndex } from "./zone-index.js";

/** Longitude and latitude in degrees of a place that a zone has for itself; NaN when none was found. */
export function placeOfZone(zone: number, polygons: Region, index: ZoneIndex): readonly [number, number] {
  for (const [outer] of polygons) {
    if (outer === undefined) continue;
    const { lonDeg, latDeg } = outer;
    const n = lonDeg.length;
    const turned = lonDeg.map((lon) => lon - 360 * Math.round((lon - lonDeg[0]!) / 360));
    const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / n;
    const triangles = Array.from({ length: n }, (_none, i): readonly [number, number] => {
      const [j, k] = [(i + 1) % n, (i + 2) % n];
      return [(turned[i]! + turned[j]! + turned[k]!) / 3, (latDeg[i]! + latDeg[j]! + latDeg[k]!) / 3];
    });
    const found = [
      [mean(turned), mean(latDeg)] as const,
      [0, 90] as const,
      [0, -90] as const,
      ...triangles,
    ].find(([lon, lat]) => zoneAt(index, lon, lat) === zone);
    if (found !== undefined) return found;
  }
  return [NaN, NaN];
}
