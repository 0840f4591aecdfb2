/** The box around a region, great circles and poles included. */
import { type BoundingBox, type Polygon, type Region } from "@zagg/core";
import { cross, dot, unit, vectorOf, type Vector } from "./sphere.js";

/**
 * West, south, east, north of a region; west is greater than east when the box crosses the antimeridian. A ring around a pole
 * gives all longitudes up to that pole.
 */
export function boundsOf(region: Region): BoundingBox {
  const edges = region.flatMap((polygon) => outerEdges(polygon));
  const latitudes = edges.flatMap(({ latDeg, latTopDeg }) => [latDeg, latTopDeg]);
  const poles = region.map(poleOf);
  const south = poles.includes(-1) ? -90 : Math.min(...latitudes);
  const north = poles.includes(1) ? 90 : Math.max(...latitudes);
  if (poles.some((pole) => pole !== 0)) return [-180, south, 180, north];
  const [west, east] = longitudes(edges.map(({ lonDeg, turnDeg }) => [lonDeg, turnDeg] as const));
  return [west, south, east, north];
}

interface Edge {
  readonly lonDeg: number;
  readonly latDeg: number;
  /** The latitude farthest from its ends that the edge reaches. */
  readonly latTopDeg: number;
  /** Longitude from its start to its end, the short way round. */
  readonly turnDeg: number;
}

function outerEdges(polygon: Polygon): Edge[] {
  const { lonDeg, latDeg } = polygon[0]!;
  return Array.from(lonDeg, (lon, i) => {
    const next = (i + 1) % lonDeg.length;
    const turnDeg = ((((lonDeg[next]! - lon) % 360) + 540) % 360) - 180;
    return {
      lonDeg: lon,
      latDeg: latDeg[i]!,
      latTopDeg: topOf(lon, latDeg[i]!, lonDeg[next]!, latDeg[next]!),
      turnDeg,
    };
  });
}

/** The extreme latitude of a great circle's arc, when it lies between its ends; else the latitude of its start. */
function topOf(lonA: number, latA: number, lonB: number, latB: number): number {
  const a = vectorOf(lonA, latA);
  const b = vectorOf(lonB, latB);
  const normal = cross(a, b);
  const size = Math.hypot(...normal);
  if (size < 1e-15) return latA;
  const pole = unit(normal);
  const sign = latA + latB < 0 ? -1 : 1;
  const top: Vector = [-sign * pole[2] * pole[0], -sign * pole[2] * pole[1], sign * (1 - pole[2] * pole[2])];
  const isBetween = dot(cross(a, top), normal) >= 0 && dot(cross(top, b), normal) >= 0;
  return isBetween ? (sign * Math.acos(Math.min(1, Math.abs(pole[2]))) * 180) / Math.PI : latA;
}

/** 1 or −1 when the outer ring goes once around the axis, by the hemisphere that it lies in; else 0. */
function poleOf(polygon: Polygon): -1 | 0 | 1 {
  const edges = outerEdges(polygon);
  const turns = edges.reduce((sum, { turnDeg }) => sum + turnDeg, 0);
  if (Math.abs(turns) < 180) return 0;
  return edges.reduce((sum, { latDeg }) => sum + latDeg, 0) < 0 ? -1 : 1;
}

/** The shortest stretch that holds all arcs of longitude: all but the widest gap between them. */
function longitudes(arcs: readonly (readonly [number, number])[]): readonly [number, number] {
  const spans = arcs
    .map(([lon, turn]) => (turn < 0 ? [lon + turn, lon] : [lon, lon + turn]) as [number, number])
    .map(([start, stop]): [number, number] => {
      const shift = 360 * Math.floor((start + 180) / 360);
      return [start - shift, stop - shift];
    })
    .sort((a, b) => a[0] - b[0]);
  let reach = spans[0]![1];
  let gap = 0;
  let west = spans[0]![0];
  let eastOfGap = reach;
  for (const [start, stop] of spans.slice(1)) {
    if (start - reach > gap) [gap, west, eastOfGap] = [start - reach, start, reach];
    reach = Math.max(reach, stop);
  }
  const around = spans[0]![0] + 360 - reach;
  if (around >= gap) return [spans[0]![0], folded(reach)];
  if (gap <= 0) return [-180, 180];
  return [west, folded(eastOfGap)];
}

function folded(lonDeg: number): number {
  return lonDeg > 180 ? lonDeg - 360 : lonDeg;
}
