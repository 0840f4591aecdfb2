/** Points to zones, shards and positions: one routine decides, so that they always agree. */
import { zoneAt, type ZoneIndex } from "./zone-index.js";

/** Cell id of each point, all ones outside; `out` is written in full. */
export function assignZones(
  index: ZoneIndex,
  zonesPerId: number,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  out: BigUint64Array,
): void {
  assertLengths(lonDeg, latDeg, out);
  const lanes = new Uint32Array(out.buffer, out.byteOffset, 2 * out.length);
  for (let i = 0; i < lonDeg.length; i++) {
    const zone = zoneAt(index, lonDeg[i]!, latDeg[i]!);
    // -1 becomes all ones in either lane. The low lane comes first on every machine that Node and browsers run on.
    lanes[2 * i] = Math.floor(zone / zonesPerId);
    lanes[2 * i + 1] = zone < 0 ? -1 : 0;
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
  assertLengths(lonDeg, latDeg, out);
  let inside = 0;
  for (let i = 0; i < lonDeg.length; i++) {
    const position = zoneAt(index, lonDeg[i]!, latDeg[i]!) - firstZone;
    const located = position >= 0 && position < perShard;
    out[i] = located ? position : -1;
    if (located) inside++;
  }
  return inside;
}

function assertLengths(lonDeg: Float64Array, latDeg: Float64Array, out: { readonly length: number }): void {
  if (lonDeg.length !== latDeg.length || lonDeg.length !== out.length) {
    throw new RangeError(
      `longitudes (${lonDeg.length}), latitudes (${latDeg.length}) and out (${out.length}) differ in length`,
    );
  }
}
