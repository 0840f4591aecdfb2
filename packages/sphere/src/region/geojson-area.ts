/** Regions as GeoJSON geometries (RFC 7946): cut at the antimeridian, outer rings counter-clockwise. */
import type { Region } from "@zagg/core";
import { crossing, flatRings, rangeOf, type FlatRing } from "./flat-ring.js";

type Position = readonly [lon: number, lat: number];

/** The geometry of a region; null when it has no area. */
export type GeoJsonArea =
  | { readonly type: "Polygon"; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly (readonly Position[])[])[] }
  | null;

/** @param region rings whose edges are great circles */
export function geoJsonArea(region: Region): GeoJsonArea {
  const polygons = region.flatMap((polygon) => strips(flatRings(polygon).filter((ring) => ring.length > 2)));
  const [first, ...others] = polygons;
  if (first === undefined) return null;
  return others.length === 0
    ? { type: "Polygon", coordinates: first }
    : { type: "MultiPolygon", coordinates: polygons };
}

/** Polygons within ±180 from rings that may pass it. */
function strips(rings: readonly FlatRing[]): (readonly (readonly Position[])[])[] {
  const [outer] = rings;
  if (outer === undefined) return [];
  const [west, east] = rangeOf(outer);
  const aligned = [outer, ...rings.slice(1).flatMap((ring) => turnedInto(outer, west, east, ring))];
  const polygons: (readonly (readonly Position[])[])[] = [];
  for (let turn = Math.floor((west + 180) / 360); turn <= Math.ceil((east - 180) / 360); turn++) {
    let part: readonly FlatRing[] = aligned;
    const [left, right] = [360 * turn - 180, 360 * turn + 180];
    if (part.some((ring) => ring.some(([lon]) => lon < left))) part = half(part, left, 1);
    if (part.some((ring) => ring.some(([lon]) => lon > right))) part = half(part, right, -1);
    polygons.push(...nested(part.map((ring) => shifted(ring, -360 * turn))));
  }
  return polygons;
}

/** A ring within another, drawn on its own, brought to the turn of the other; on both sides of it when that is the whole map. */
function turnedInto(outer: FlatRing, west: number, east: number, ring: FlatRing): FlatRing[] {
  const home = shifted(ring, 360 * Math.round((middleOf(outer) - middleOf(ring)) / 360));
  if (east - west < 360) return [home];
  const turns = [home];
  if (home.some(([lon]) => lon > east)) turns.push(shifted(home, -360));
  if (home.some(([lon]) => lon < west)) turns.push(shifted(home, 360));
  return turns;
}

/**
 * What of a polygon lies east (`side` 1) or west (−1) of a meridian. The pieces of its rings on that side are joined
 * along the meridian from crossing to crossing: between the first and second of them is inside, and so on.
 */
function half(rings: readonly FlatRing[], meridian: number, side: 1 | -1): readonly FlatRing[] {
  const isIn = ([lon]: Position): boolean => (side === 1 ? lon > meridian : lon < meridian);
  const whole: FlatRing[] = [];
  const chains: Position[][] = [];
  for (const ring of rings) {
    const firstOut = ring.findIndex((point) => !isIn(point));
    if (firstOut < 0) {
      whole.push(ring);
      continue;
    }
    let chain: Position[] | undefined;
    for (let i = 1; i <= ring.length; i++) {
      const before = ring[(firstOut + i - 1) % ring.length]!;
      const point = ring[(firstOut + i) % ring.length]!;
      if (isIn(point)) {
        chain ??= [[meridian, crossing(before, point, meridian)]];
        chain.push(point);
      } else if (chain !== undefined) {
        chain.push([meridian, crossing(before, point, meridian)]);
        chains.push(chain);
        chain = undefined;
      }
    }
  }
  return [...whole, ...joined(chains)];
}

/** One end of one chain. */
interface ChainEnd {
  readonly index: number;
  readonly isStart: boolean;
}

/** Chains from the meridian to the meridian, joined to rings. */
function joined(chains: readonly Position[][]): readonly FlatRing[] {
  const ends = chains
    .flatMap((chain, index) => [
      { index, isStart: true, lat: chain[0]![1] },
      { index, isStart: false, lat: chain.at(-1)![1] },
    ])
    .sort((a, b) => a.lat - b.lat || a.index - b.index);
  /** The end that each end is joined to along the meridian. */
  const partner = new Map<string, ChainEnd>();
  for (let i = 0; i + 1 < ends.length; i += 2) {
    const [a, b] = [ends[i]!, ends[i + 1]!];
    partner.set(`${a.index} ${a.isStart}`, b);
    partner.set(`${b.index} ${b.isStart}`, a);
  }
  const rings: FlatRing[] = [];
  const isUsed = new Set<number>();
  for (let first = 0; first < chains.length; first++) {
    if (isUsed.has(first)) continue;
    const ring: Position[] = [];
    let index = first;
    let isForward = true;
    while (!isUsed.has(index)) {
      isUsed.add(index);
      for (const point of isForward ? chains[index]! : [...chains[index]!].reverse()) ring.push(point);
      const next: ChainEnd = partner.get(`${index} ${!isForward}`)!;
      index = next.index;
      isForward = next.isStart;
    }
    rings.push(ring);
  }
  return rings;
}

/** Rings as polygons: each hole with the outer ring around it, directions as the RFC wants them. */
function nested(rings: readonly FlatRing[]): (readonly (readonly Position[])[])[] {
  const bySize = rings
    .map((ring) => ({ ring, area: signedArea(ring) }))
    .filter(({ area }) => area !== 0)
    .sort((a, b) => Math.abs(b.area) - Math.abs(a.area));
  const polygons: { outer: FlatRing; rings: (readonly Position[])[] }[] = [];
  for (const { ring, area } of bySize) {
    const around = polygons.find(({ outer }) => holds(outer, ring[0]!));
    const isOuter = around === undefined;
    const wanted = area > 0 === isOuter ? ring : [...ring].reverse();
    const closed = [...wanted, wanted[0]!];
    if (isOuter) polygons.push({ outer: ring, rings: [closed] });
    else around.rings.push(closed);
  }
  return polygons.map((polygon) => polygon.rings);
}

function middleOf(ring: FlatRing): number {
  return ring.reduce((sum, [lon]) => sum + lon, 0) / ring.length;
}

function shifted(ring: FlatRing, by: number): FlatRing {
  return by === 0 ? ring : ring.map(([lon, lat]) => [lon + by, lat] as const);
}

function signedArea(ring: FlatRing): number {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!;
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

/** Whether a ring holds a point, by the edges a ray to the north crosses. */
function holds(ring: FlatRing, [lon, lat]: Position): boolean {
  let isInside = false;
  ring.forEach(([x, y], i) => {
    const next = ring[(i + 1) % ring.length]!;
    if (x > lon !== next[0] > lon && crossing([x, y], next, lon) > lat) isInside = !isInside;
  });
  return isInside;
}
