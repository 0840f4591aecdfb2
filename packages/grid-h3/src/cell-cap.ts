/**
 * Caps that hold a cell and everything below it. H3 cells nest only by index: a child may stick out of its parent.
 *
 * On a plane, a point of a descendant is at most √3/√7 · (1 + 1/√7 + 1/7 + …) = 1.0526 circumradii from the centre of
 * its hexagon. On the sphere, 1.0653 was measured (all cells of resolutions 0 to 3, and samples of finer ones along the
 * edges of the icosahedron, where it is largest; to six levels down).
 */
import { capSine, unitVectors } from "@zagg/sphere";
import { cellToBoundary, cellToLatLng } from "h3-js";

/** Radius of the cap around all descendants, over the circumradius of the cell. */
const DESCENDANT_REACH = 1.1;

/**
 * How well H3 places a point, radians: its projection takes the arc cosine of a number near 1 beside the centres of the
 * icosahedron's faces, which leaves 1.5e-8 (10 cm).
 */
export const PLACE_ERROR = 2e-8;

/** A cap on the sphere: its middle, a unit vector, and its radius as a chord and as a sine. */
export interface Cap {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly chord: number;
  readonly sine: number;
}

/** A cap around the points that H3 puts in a cell or, when it has any, in the cells below it. */
export function cellCap(index: string, hasDescendants: boolean): Cap {
  const [x, y, z] = vectorsOf([cellToLatLng(index)]) as unknown as [number, number, number];
  const corners = vectorsOf(cellToBoundary(index));
  let squared = 0;
  for (let k = 0; k < corners.length; k += 3) {
    const away = (corners[k]! - x) ** 2 + (corners[k + 1]! - y) ** 2 + (corners[k + 2]! - z) ** 2;
    if (away > squared) squared = away;
  }
  const chord = Math.sqrt(squared) * (hasDescendants ? DESCENDANT_REACH : 1) + PLACE_ERROR;
  return { x, y, z, chord, sine: capSine(chord) };
}

/** Writes a cap as a tree of caps keeps it. */
export function writeCap({ x, y, z, sine, chord }: Cap, out: Float64Array, at: number): void {
  out[at] = x;
  out[at + 1] = y;
  out[at + 2] = z;
  out[at + 3] = sine;
  out[at + 4] = chord;
}

/** Keeps an inner disc away from the sides for their rounding. */
const INNER_SLACK = 0.999;

/**
 * A disc around the centre of a cell all of whose points H3 puts in that cell: as wide as its nearest side allows. Its
 * radius is 0 where rounding leaves none.
 */
export function innerReach(index: string): Pick<Cap, "x" | "y" | "z" | "chord"> {
  const [x, y, z] = vectorsOf([cellToLatLng(index)]) as unknown as [number, number, number];
  const corners = vectorsOf(cellToBoundary(index));
  let nearest = Infinity;
  for (let a = 0; a < corners.length; a += 3) {
    const b = (a + 3) % corners.length;
    const [ax, ay, az] = [corners[a]!, corners[a + 1]!, corners[a + 2]!];
    const [bx, by, bz] = [corners[b]!, corners[b + 1]!, corners[b + 2]!];
    // a × (b − a) = a × b, without the cancellation of corners that lie close together.
    const nx = ay * (bz - az) - az * (by - ay);
    const ny = az * (bx - ax) - ax * (bz - az);
    const nz = ax * (by - ay) - ay * (bx - ax);
    nearest = Math.min(
      nearest,
      Math.abs(nx * (x - ax) + ny * (y - ay) + nz * (z - az)) / Math.hypot(nx, ny, nz),
    );
  }
  return { x, y, z, chord: Math.max(0, INNER_SLACK * nearest - PLACE_ERROR) };
}

/** Unit vectors of places as H3 gives them, latitude first; three numbers each. */
export function vectorsOf(latLng: readonly (readonly number[])[]): Float64Array {
  const out = new Float64Array(3 * latLng.length);
  unitVectors(
    Float64Array.from(latLng, (place) => place[1]!),
    Float64Array.from(latLng, (place) => place[0]!),
    out,
  );
  return out;
}
