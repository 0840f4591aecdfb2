/** Coverage by brute force, to compare with. */
import type { Region, Ring } from "@zagg/core";
import { expect } from "vitest";
import { coverRegion } from "../src/cover/cover-region.js";
import { regionCells } from "../src/cover/region-cells.js";
import { cellCenterVector, cellCornerVectors, facePointVector } from "../src/kernels/cell-geometry.js";
import { assignNested } from "../src/kernels/nested.js";
import {
  angleBetween,
  distanceToRing,
  lonLatOf,
  ringVectors,
  windsAround,
  type Vector,
} from "./spherical-oracle.js";

/** Points that lie nearer to an edge than this may be judged either way by the slow oracle, whose angles round. */
const ORACLE_RAD = 1e-9;

/** A curved side counts as touched within half a percent of the circumradius at most; twice that for the net's rounding. */
const BAND_PART = 0.01;

/** Ids of the cells that a region covers. */
export const cellsOf = (region: Region, order: number): Set<bigint> =>
  new Set(coverRegion(region, order, "geodetic"));

/** Id of the cell of a point. */
export const cellAt = (order: number, lon: number, lat: number): bigint => {
  const id = new BigUint64Array(1);
  assignNested(order, Float64Array.of(lon), Float64Array.of(lat), "geodetic", id);
  return id[0]!;
};

/** Every cell of an order that some sampled point of the polygon's inside lies in, by brute force over all cells. */
export function sampledCells(
  rings: readonly (readonly Vector[])[],
  order: number,
  samples: number,
): Set<bigint> {
  const inside = new Set<bigint>();
  const side = 2 ** order;
  const point = new Float64Array(3);
  for (let face = 0; face < 12; face++) {
    for (let i = 0; i < side * samples; i++) {
      for (let j = 0; j < side * samples; j++) {
        facePointVector(order, face, (i + 0.5) / samples, (j + 0.5) / samples, point);
        const p: Vector = [point[0]!, point[1]!, point[2]!];
        const held = rings.filter((ring) => windsAround(ring, p)).length % 2 === 1;
        if (held && rings.every((ring) => distanceToRing(ring, p) > ORACLE_RAD)) {
          inside.add(cellAt(order, ...lonLatOf(p)));
        }
      }
    }
  }
  return inside;
}

/** Asserts that every cell meets the polygon: some point of a fine net over it is inside, or as near as the net is fine. */
export function expectAllTouched(rings: readonly Ring[], order: number): void {
  const vectors = rings.map(ringVectors);
  const cells = regionCells([rings], order, "geodetic");
  const point = new Float64Array(3);
  const corners = new Float64Array(12);
  const net = 8;
  for (let k = 0; k < cells.count; k++) {
    const [face, ix, iy] = [cells.face[k], cells.ix[k], cells.iy[k]] as [number, number, number];
    cellCenterVector(order, face, ix, iy, point);
    const centre = Array.from(point) as unknown as Vector;
    cellCornerVectors(order, face, ix, iy, corners);
    const radius = Math.max(
      ...[0, 3, 6, 9].map((at) =>
        angleBetween(centre, Array.from(corners.subarray(at, at + 3)) as unknown as Vector),
      ),
    );
    let least = Infinity;
    for (let i = 0; i <= net; i++) {
      for (let j = 0; j <= net; j++) {
        facePointVector(order, face, ix + i / net, iy + j / net, point);
        const p = Array.from(point) as unknown as Vector;
        const held = vectors.filter((ring) => windsAround(ring, p)).length % 2 === 1;
        least = Math.min(least, held ? 0 : Math.min(...vectors.map((ring) => distanceToRing(ring, p))));
      }
    }
    // A point of the cell is at most half a net diagonal from a net point; a diagonal is two circumradii long.
    expect(least).toBeLessThanOrEqual(radius * (1 / net + BAND_PART));
  }
}
