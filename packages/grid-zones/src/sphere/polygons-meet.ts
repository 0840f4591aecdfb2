/** Whether two polygons have a point in common; those that only touch do. */
import { add, cross, dot, vectorOf, type Vector } from "@zagg/sphere";
import { forEachColumn } from "./arc-columns.js";
import { isSeam, type Arcs } from "./arcs.js";
import { polygonHolds, type SolidPolygon } from "./solid-polygon.js";
import { spansMeet } from "./span.js";

/** Sine of the angle within which an end of one arc lies on another's great circle. */
const ON_CIRCLE = 1e-14;

/** Sine of the angle within which two great circles are one as far as rounding can tell. */
const SAME_CIRCLE = 1e-12;

/** True when arcs meet, or when one polygon holds a ring of the other. */
export function polygonsMeet(a: SolidPolygon, b: SolidPolygon): boolean {
  if (a.north < b.south || b.north < a.south || !spansMeet(a.span, b.span)) return false;
  if (holdsARingOf(a, b) || holdsARingOf(b, a)) return true;
  return a.arcs.count <= b.arcs.count ? arcsMeet(a, b) : arcsMeet(b, a);
}

function holdsARingOf(outer: SolidPolygon, inner: SolidPolygon): boolean {
  return inner.ringStarts.some(({ lon, lat }) => polygonHolds(outer, lon, lat, ...vectorOf(lon, lat)));
}

function arcsMeet(few: SolidPolygon, many: SolidPolygon): boolean {
  const { starts, list } = many.columns;
  for (let arc = 0; arc < few.arcs.count; arc++) {
    if (isSeam(few.arcs, arc)) continue;
    const south = few.arcs.south[arc]!;
    const north = few.arcs.north[arc]!;
    let met = false;
    forEachColumn(many.columns, few.arcs, arc, (column) => {
      for (let k = starts[column]!; !met && k < starts[column + 1]!; k++) {
        const other = list[k]!;
        if (many.arcs.south[other]! > north) break;
        if (many.arcs.north[other]! < south) continue;
        met = twoArcsMeet(few.arcs, arc, many.arcs, other);
      }
    });
    if (met) return true;
  }
  return false;
}

function twoArcsMeet(a: Arcs, i: number, b: Arcs, j: number): boolean {
  const na = triple(a.normals, 3 * i);
  const nb = triple(b.normals, 3 * j);
  if (oneSide(nb, a.ends, 6 * i) || oneSide(na, b.ends, 6 * j)) return false;
  const ma = triple(a.middles, 3 * i);
  const mb = triple(b.middles, 3 * j);
  const place = cross(na, nb);
  if (Math.hypot(...place) < SAME_CIRCLE) {
    const apart = 2 * Math.asin(Math.min(1, Math.hypot(...add(ma, mb, -1)) / 2));
    return apart <= a.halfLengths[i]! + b.halfLengths[j]! + SAME_CIRCLE;
  }
  // Each arc holds one of the two places where the circles cross: do they hold the same one?
  return dot(place, ma) > 0 === dot(place, mb) > 0;
}

/** Whether both ends of an arc lie off a great circle on the same side. */
function oneSide(normal: Vector, ends: Float64Array, at: number): boolean {
  const first = dot(normal, triple(ends, at));
  const last = dot(normal, triple(ends, at + 3));
  return (first > ON_CIRCLE && last > ON_CIRCLE) || (first < -ON_CIRCLE && last < -ON_CIRCLE);
}

function triple(array: Float64Array, at: number): Vector {
  return [array[at]!, array[at + 1]!, array[at + 2]!];
}
