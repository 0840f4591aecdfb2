/** Points to zones, shards and positions: one routine decides, so that they always agree. */
import { HIGH, LOW, assertLengths, lanesOf } from "@zagg/core/internal";
import { zoneAt, type ZoneIndex } from "./zone-index.js";

/** Shard key of each point, all ones outside; `out` is written in full. */
export function shardsOfPoints(
  index: ZoneIndex,
  zonesPerShard: number,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  out: BigUint64Array,
): void {
  assertLengths(out.length, lonDeg.length, latDeg.length);
  const lanes = lanesOf(out);
  for (let i = 0; i < lonDeg.length; i++) {
    const zone = zoneAt(index, lonDeg[i]!, latDeg[i]!);
    // -1 becomes all ones in either lane.
    lanes[2 * i + LOW] = Math.floor(zone / zonesPerShard);
    lanes[2 * i + HIGH] = zone < 0 ? -1 : 0;
  }
}

/** Position of each point after `firstZone`, -1 outside the shard; `out` is written in full. */
export function locateZones(
  index: ZoneIndex,
  firstZone: number,
  perShard: number,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  out: Int32Array,
): number {
  assertLengths(out.length, lonDeg.length, latDeg.length);
  let inside = 0;
  for (let i = 0; i < lonDeg.length; i++) {
    const position = zoneAt(index, lonDeg[i]!, latDeg[i]!) - firstZone;
    const located = position >= 0 && position < perShard;
    out[i] = located ? position : -1;
    if (located) inside++;
  }
  return inside;
}
