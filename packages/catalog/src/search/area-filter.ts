/** Which footprints touch an area, for APIs that compare boxes only. In doubt a footprint touches. */
import { hemisphereOf, isCodedError, regionFromGeoJson, type Polygon, type Region } from "@zagg/core";
import type { CatalogItem } from "../item.js";
import { ringVectors } from "./ring-vectors.js";

/** Edges of a run; one cap around a run spares its edges one by one. */
const RUN = 32;
/** A determinant of three unit vectors this small may have either sign. */
const UNSURE = 1e-14;

/** A run of edges of one ring, in a cap. */
interface Run {
  readonly vectors: Float64Array;
  readonly start: number;
  readonly stop: number;
  readonly middle: Float64Array;
  readonly radius: number;
}

interface Shape {
  readonly rings: readonly (readonly { vectors: Float64Array; holds: (vector: Float64Array) => boolean }[])[];
  readonly runs: readonly Run[];
}

/** Whether an item's footprint touches the area; an item without a footprint that can be read is let through. */
export function areaFilter(area: Region): (item: CatalogItem) => boolean {
  const shape = shapeOf(area);
  return ({ geometry }) => {
    if (geometry === null) return true;
    let footprint: Region;
    try {
      footprint = regionFromGeoJson(geometry);
    } catch (error) {
      if (isCodedError(error)) return true;
      throw error;
    }
    return touches(shape, shapeOf(footprint));
  };
}

function touches(a: Shape, b: Shape): boolean {
  return (
    a.runs.some((run) => b.runs.some((other) => mayMeet(run, other) && runsCross(run, other))) ||
    b.rings.some(([outer]) => holdsVertex(a, outer!.vectors)) ||
    a.rings.some(([outer]) => holdsVertex(b, outer!.vectors))
  );
}

function holdsVertex({ rings }: Shape, vectors: Float64Array): boolean {
  const vertex = vectors.subarray(0, 3);
  return rings.some((polygon) => polygon.filter(({ holds }) => holds(vertex)).length % 2 === 1);
}

function shapeOf(region: Region): Shape {
  const rings = region.map(ringsOf);
  return { rings, runs: rings.flat().flatMap(({ vectors }) => runsOf(vectors)) };
}

function ringsOf(polygon: Polygon): Shape["rings"][number] {
  return polygon.map((ring) => {
    const vectors = ringVectors(ring);
    return { vectors, holds: insideTest(vectors) };
  });
}

/** On the plane that touches the middle of the ring's hemisphere great circles are straight. A larger ring holds all. */
function insideTest(vectors: Float64Array): (vector: Float64Array) => boolean {
  const count = vectors.length / 3;
  const cap = hemisphereOf(vectors, 0, count);
  if (cap === undefined) return () => true;
  const { x, y, z } = cap;
  const [ax, ay, az] = perpendicular([x, y, z]);
  const [bx, by, bz] = [y * az - z * ay, z * ax - x * az, x * ay - y * ax];
  const plane = (v: Float64Array, i: number): readonly [number, number, number] => {
    const [vx, vy, vz] = [v[3 * i]!, v[3 * i + 1]!, v[3 * i + 2]!];
    const height = x * vx + y * vy + z * vz;
    return [(ax * vx + ay * vy + az * vz) / height, (bx * vx + by * vy + bz * vz) / height, height];
  };
  const us = Float64Array.from({ length: count }, (_, i) => plane(vectors, i)[0]);
  const vs = Float64Array.from({ length: count }, (_, i) => plane(vectors, i)[1]);
  return (vector) => {
    const [u, v, height] = plane(vector, 0);
    if (height <= 0) return false;
    let inside = false;
    for (let i = 0, j = count - 1; i < count; j = i++) {
      if (vs[i]! > v === vs[j]! > v) continue;
      if (u < us[i]! + ((v - vs[i]!) / (vs[j]! - vs[i]!)) * (us[j]! - us[i]!)) inside = !inside;
    }
    return inside;
  };
}

function perpendicular([x, y, z]: readonly [number, number, number]): readonly [number, number, number] {
  const [px, py, pz] = Math.abs(z) < 0.9 ? [-y, x, 0] : [0, -z, y];
  const norm = Math.hypot(px, py, pz);
  return [px / norm, py / norm, pz / norm];
}

function runsOf(vectors: Float64Array): Run[] {
  const count = vectors.length / 3;
  return Array.from({ length: Math.ceil(count / RUN) }, (_, r) => {
    const [start, stop] = [r * RUN, Math.min(count, (r + 1) * RUN)];
    let [x, y, z] = [0, 0, 0];
    for (let i = start; i <= stop; i++) {
      const k = 3 * (i % count);
      [x, y, z] = [x + vectors[k]!, y + vectors[k + 1]!, z + vectors[k + 2]!];
    }
    const norm = Math.hypot(x, y, z);
    if (norm < 1e-9) return { vectors, start, stop, middle: Float64Array.of(0, 0, 1), radius: Math.PI };
    const middle = Float64Array.of(x / norm, y / norm, z / norm);
    let radius = 0;
    for (let i = start; i <= stop; i++) radius = Math.max(radius, angle(middle, vectors, i % count));
    // A cap narrower than a hemisphere holds the edges between its points; a wider one may not.
    return { vectors, start, stop, middle, radius: radius < Math.PI / 2 ? radius + 1e-9 : Math.PI };
  });
}

function mayMeet(a: Run, b: Run): boolean {
  return angle(a.middle, b.middle, 0) <= a.radius + b.radius;
}

function angle(u: Float64Array, v: Float64Array, i: number): number {
  const cosine = u[0]! * v[3 * i]! + u[1]! * v[3 * i + 1]! + u[2]! * v[3 * i + 2]!;
  return Math.acos(Math.min(1, Math.max(-1, cosine)));
}

function runsCross(a: Run, b: Run): boolean {
  const [countA, countB] = [a.vectors.length / 3, b.vectors.length / 3];
  for (let i = a.start; i < a.stop; i++) {
    for (let j = b.start; j < b.stop; j++) {
      if (edgesCross(a.vectors, i, (i + 1) % countA, b.vectors, j, (j + 1) % countB)) return true;
    }
  }
  return false;
}

/** Whether two arcs shorter than half a circle share a point: each one's ends lie on both sides of the other. */
function edgesCross(s: Float64Array, a: number, b: number, t: Float64Array, c: number, d: number): boolean {
  const abc = determinant(s, a, s, b, t, c);
  const abd = determinant(s, a, s, b, t, d);
  if (isOneSign(abc, abd)) return false;
  const cda = determinant(t, c, t, d, s, a);
  const cdb = determinant(t, c, t, d, s, b);
  if ([abc, abd, cda, cdb].every((det) => Math.abs(det) <= UNSURE)) return overlap(s, a, b, t, c, d);
  // Of the two points where the circles meet, both arcs hold the same one when they turn opposite ways.
  return !isOneSign(cda, cdb) && !isOneSign(abc, cda) && !isOneSign(-abd, cda);
}

/** Whether arcs of one great circle share a point: their middles are no farther apart than their halves are long. */
function overlap(s: Float64Array, a: number, b: number, t: Float64Array, c: number, d: number): boolean {
  const middle = (v: Float64Array, i: number, j: number): Float64Array => {
    const sum = [0, 1, 2].map((k) => v[3 * i + k]! + v[3 * j + k]!);
    return Float64Array.from(sum, (part) => part / Math.hypot(...sum));
  };
  const [m, n] = [middle(s, a, b), middle(t, c, d)];
  return angle(m, n, 0) <= angle(m, s, a) + angle(n, t, c) + 1e-7;
}

function isOneSign(p: number, q: number): boolean {
  return (p > UNSURE && q > UNSURE) || (p < -UNSURE && q < -UNSURE);
}

function determinant(
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  c: Float64Array,
  k: number,
): number {
  const [ax, ay, az] = [a[3 * i]!, a[3 * i + 1]!, a[3 * i + 2]!];
  const [bx, by, bz] = [b[3 * j]!, b[3 * j + 1]!, b[3 * j + 2]!];
  return (
    (ay * bz - az * by) * c[3 * k]! +
    (az * bx - ax * bz) * c[3 * k + 1]! +
    (ax * by - ay * bx) * c[3 * k + 2]!
  );
}
