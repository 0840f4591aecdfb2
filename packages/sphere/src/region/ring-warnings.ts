/** What of a ring that is read may surprise its author. */
import type { Ring, Warning } from "@zagg/core";
import { preparePolygon, type PreparedRing } from "../polygon/prepared-polygon.js";
import { crossingOf } from "../polygon/ring-crossing.js";
import { ringVectors } from "../vector/unit-vectors.js";

/** Coordinates as they stand in a file. */
interface Listed {
  readonly lonDeg: readonly number[];
  readonly latDeg: readonly number[];
}

/**
 * @param ring  as it was read
 * @param given its coordinates in the file
 * @param where names the ring
 */
export function ringWarnings(ring: Ring, given: Listed, where: string, isHole: boolean): readonly Warning[] {
  const { edges, rings } = preparePolygon([ring]);
  const [{ side }] = rings as readonly [PreparedRing];
  if (side.kind === "large") {
    // The whole globe has no edges, and is the same whichever way it runs.
    const isTurned = edges > 0 && flatArea(given) * (isHole ? -1 : 1) < 0;
    return isTurned ? [turnedRing(where, isHole)] : [];
  }
  const crossing = crossingOf(ringVectors(ring));
  return crossing === undefined ? [] : [crossingRing(ring, crossing, where)];
}

/** The area on a flat map, positive counter-clockwise; 0 for a ring that jumps from one side of the map to the other. */
function flatArea({ lonDeg, latDeg }: Listed): number {
  let doubled = 0;
  for (let i = 0, j = lonDeg.length - 1; i < lonDeg.length; j = i++) {
    const isAtPole = Math.abs(latDeg[i]!) === 90 && latDeg[i] === latDeg[j];
    if (!isAtPole && Math.abs(lonDeg[i]! - lonDeg[j]!) >= 180) return 0;
    doubled += lonDeg[j]! * latDeg[i]! - lonDeg[i]! * latDeg[j]!;
  }
  return doubled / 2;
}

function turnedRing(where: string, isHole: boolean): Warning {
  const [way, other] = isHole ? ["counter-clockwise", "clockwise"] : ["clockwise", "counter-clockwise"];
  return {
    code: "REGION_CLOCKWISE",
    path: where,
    what: `${where} is larger than a hemisphere and runs ${way}, so the polygon is what lies ${isHole ? "inside" : "outside"} of it on a flat map`,
    why: `a polygon lies to the left of such a ring, and RFC 7946 has ${isHole ? "holes" : "outer rings"} run ${other}`,
    mend: "if the other side is meant, reverse the ring; ogr2ogr -lco RFC7946=YES does",
  };
}

function crossingRing({ lonDeg, latDeg }: Ring, [i, j]: readonly [number, number], where: string): Warning {
  return {
    code: "REGION_CROSSING",
    path: where,
    what: `${where} crosses itself, after (${lonDeg[i]}, ${latDeg[i]}) and after (${lonDeg[j]}, ${latDeg[j]})`,
    why: "inside is what a ring goes around an odd number of times, which may not be what was meant",
    mend: "split the ring where it crosses itself, for example with ogr2ogr -makevalid",
  };
}
