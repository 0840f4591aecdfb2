/** Footprints as flat arrays, which cross threads without a copy. */
import type { Polygon, Region, Ring } from "@zagg/core";

/** Footprints one after another. Each list of ends says where a part stops in the list below it. */
export interface PackedFootprints {
  /** In polygons. */
  readonly footprintEnds: Uint32Array;
  /** In rings. */
  readonly polygonEnds: Uint32Array;
  /** In longitudes, and in latitudes: a malformed ring has more of one. */
  readonly lonEnds: Uint32Array;
  readonly latEnds: Uint32Array;
  readonly lonDeg: Float64Array;
  readonly latDeg: Float64Array;
}

/** The footprints in arrays of their own. */
export function packFootprints(footprints: readonly Region[]): PackedFootprints {
  const polygons = footprints.flat();
  const rings = polygons.flat();
  const lonEnds = endsOf(rings.map(({ lonDeg }) => lonDeg));
  const latEnds = endsOf(rings.map(({ latDeg }) => latDeg));
  const lonDeg = new Float64Array(lonEnds.at(-1) ?? 0);
  const latDeg = new Float64Array(latEnds.at(-1) ?? 0);
  rings.forEach((ring, i) => {
    lonDeg.set(ring.lonDeg, lonEnds[i]! - ring.lonDeg.length);
    latDeg.set(ring.latDeg, latEnds[i]! - ring.latDeg.length);
  });
  return {
    footprintEnds: endsOf(footprints),
    polygonEnds: endsOf(polygons),
    lonEnds,
    latEnds,
    lonDeg,
    latDeg,
  };
}

/** The footprints, as views of the arrays. */
export function unpackFootprints(packed: PackedFootprints): readonly Region[] {
  const { footprintEnds, polygonEnds, lonEnds, latEnds, lonDeg, latDeg } = packed;
  const rings = Array.from(lonEnds, (lonEnd, i): Ring => ({
    lonDeg: lonDeg.subarray(lonEnds[i - 1] ?? 0, lonEnd),
    latDeg: latDeg.subarray(latEnds[i - 1] ?? 0, latEnds[i]),
  }));
  const polygons = Array.from(polygonEnds, (end, i): Polygon => rings.slice(polygonEnds[i - 1] ?? 0, end));
  return Array.from(footprintEnds, (end, i) => polygons.slice(footprintEnds[i - 1] ?? 0, end));
}

/** What moves to another thread with the footprints. */
export function buffersOf(packed: PackedFootprints): ArrayBuffer[] {
  return Object.values(packed).map((array: Uint32Array | Float64Array) => array.buffer as ArrayBuffer);
}

function endsOf(parts: readonly { readonly length: number }[]): Uint32Array {
  let end = 0;
  return Uint32Array.from(parts, ({ length }) => (end += length));
}
