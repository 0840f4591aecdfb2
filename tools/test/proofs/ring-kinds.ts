/** Random polygons of many kinds: cut, seamed, larger than a hemisphere, through poles, thin, crossing themselves. */
import { cross, type LonLat } from "./sphere.js";
import {
  anywhere,
  away,
  between,
  pick,
  times,
  toVector,
  turned,
  whole,
  type Drawn,
  type Next,
} from "./random-rings.js";

const DEGREE = Math.PI / 180;

export type RingKind = readonly [name: string, draw: (next: Next) => Drawn, crossesItself?: true];

/** Corners at growing bearings around a place, at distances of their own; counter-clockwise. */
function star(
  next: Next,
  middle: LonLat,
  least: number,
  most: number,
  corners = whole(next, 3, 12),
): LonLat[] {
  const turned = 360 * next();
  return times(corners, (k) =>
    away(middle, between(next, least, most), turned + (360 * (k + 0.6 * next())) / corners),
  );
}

/** All around the globe along a wavy parallel, eastward from a meridian; the first place comes again, a turn on. */
function wave(next: Next, meridian: number, latitude: number, swing: number, least = 1): LonLat[] {
  const steps = whole(next, 12, 40);
  const [waves, phase] = [whole(next, least, 4), 6 * next()];
  const latAt = (k: number): number =>
    latitude + swing * Math.sin((2 * Math.PI * waves * (k % steps)) / steps + phase);
  return times(steps + 1, (k) => [meridian + (360 * k) / steps, latAt(k)]);
}

/** Latitudes of a seam from a parallel to a pole; none, one set for both sides, or one for each. */
function seamLatitudes(next: Next, from: number, pole: number): readonly [up: number[], down: number[]] {
  const some = (): number[] =>
    times(whole(next, 1, 5), () => between(next, from, pole)).sort(
      (a, b) => (a - b) * Math.sign(pole - from),
    );
  const kind = next();
  if (kind < 0.3) return [[], []];
  if (kind < 0.65) {
    const both = some();
    return [both, both];
  }
  return [some(), some()];
}

/** Both sides of the seam, from a parallel over the pole and back. */
function overPole(next: Next, meridian: number, from: number, pole: number): LonLat[] {
  const [up, down] = seamLatitudes(next, from, pole);
  return [
    ...up.map((lat): LonLat => [meridian + 360, lat]),
    [meridian + 360, pole],
    [meridian, pole],
    ...down.toReversed().map((lat): LonLat => [meridian, lat]),
  ];
}

const meridians = [-180, -180, 180, 0, 90, -90, -137.5, 37.3];

/** What lies on one side of a wavy parallel, cut along a meridian and over a pole. */
function cutCap(next: Next): Drawn {
  const meridian = pick(next, meridians);
  const latitude = between(next, -70, 70);
  const around = wave(next, meridian, latitude, between(next, 0, 15));
  const pole = pick(next, [90, -90]);
  const ring = [...around, ...overPole(next, meridian, around[0]![1], pole)];
  return { outlines: [[next() < 0.5 ? ring : ring.toReversed()]] };
}

/** The whole globe as a flat map shows it, and holes in it: some over the seam, some over the poles. */
function wholeGlobe(next: Next): Drawn {
  const meridian = pick(next, meridians);
  const [up, down] = seamLatitudes(next, -90, 90);
  const side = (lon: number, lats: readonly number[]): LonLat[] =>
    [-90, ...lats, 90].map((lat): LonLat => [lon, lat]);
  const globe = [...side(meridian + 360, up), ...side(meridian, down).toReversed()];
  const holes = times(whole(next, 0, 4), () => {
    const middle = pick<LonLat>(next, [
      anywhere(next),
      [meridian, between(next, -60, 60)],
      [0, 90],
      [0, -90],
    ]);
    return star(next, middle, 4, 30);
  });
  return { outlines: [[next() < 0.5 ? globe : globe.toReversed(), ...holes]] };
}

/** A hole that is larger than a hemisphere: what lies left of it is left of the polygon. */
function largeHole(next: Next): Drawn {
  const meridian = pick(next, meridians);
  const wavy = wave(next, meridian, -5, 25, 2).slice(0, -1);
  const south = wavy.map(([lon, lat]): LonLat => [lon, lat - 4]);
  const north = wavy.map(([lon, lat]): LonLat => [lon, lat + 14]).toReversed();
  const globe: LonLat[] = [
    [-180, -90],
    [180, -90],
    [180, 90],
    [-180, 90],
  ];
  return pick<() => Drawn>(next, [
    () => ({ outlines: [[south, north]] }),
    () => ({ outlines: [[globe, north]], meaning: [[north]] }),
    () => ({ outlines: [[globe, south]], meaning: [[south]] }),
  ])();
}

/** Great circles meet a meridian at this latitude. */
function latitudeOn(meridian: number, from: LonLat, to: LonLat): number {
  const n = cross(toVector(...from), toVector(...to));
  const lon = meridian * DEGREE;
  return Math.atan(-(n[0] * Math.cos(lon) + n[1] * Math.sin(lon)) / n[2]) / DEGREE;
}

/** A polygon over a meridian, cut along it into two, as RFC 7946 asks for the antimeridian. */
function cutInTwo(next: Next): Drawn {
  const meridian = pick(next, [180, 180, 180, 0, 90, -137.5]);
  const lonOf = (lon: number): number => lon - 360 * Math.round((lon - meridian) / 360);
  const ring = star(
    next,
    [meridian + between(next, -4, 4), between(next, -50, 50)],
    8,
    30,
    whole(next, 4, 12),
  ).map(([lon, lat]): LonLat => [lonOf(lon), lat]);
  const half = (side: 1 | -1): LonLat[] =>
    ring.flatMap((to, i) => {
      const from = ring.at(i - 1)!;
      const isIn = ([lon]: LonLat): boolean => side * (lon - meridian) > 0;
      const cut: LonLat = [meridian, latitudeOn(meridian, from, to)];
      return [...(isIn(from) !== isIn(to) ? [cut] : []), ...(isIn(to) ? [to] : [])];
    });
  const halves = [half(-1), half(1)].filter((part) => part.length > 2);
  return { outlines: halves.map((part) => [part]), meaning: [[ring]] };
}

/** What lies north or south of a wavy parallel, cut into lunes. */
function cutInLunes(next: Next): Drawn {
  const meridian = pick(next, meridians);
  const around = wave(next, meridian, between(next, -70, 70), 10);
  const pole = pick(next, [90, -90]);
  const cuts = [0, ...times(whole(next, 1, 2), () => whole(next, 1, around.length - 2)), around.length - 1];
  const sorted = [...new Set(cuts)].sort((a, b) => a - b);
  const lunes = sorted.slice(1).map((stop, i) => {
    const part = around.slice(sorted[i]!, stop + 1);
    const ring: LonLat[] = [...part, [part.at(-1)![0], pole], [part[0]![0], pole]];
    return [pole === 90 ? ring : ring.toReversed()];
  });
  const uncut = pole === 90 ? around.slice(0, -1) : around.slice(0, -1).toReversed();
  const seam = overPole(() => 0, meridian, around[0]![1], pole);
  const meant = pole === 90 ? [...around, ...seam] : [...around, ...seam].toReversed();
  return { outlines: lunes, meaning: lunes.length === 0 ? [[uncut]] : [[meant]] };
}

/** From pole to pole along one meridian and back along another. */
function lune(next: Next): Drawn {
  const meridian = pick(next, [...meridians, between(next, -180, 180)]);
  const width = pick(next, [1e-7, 1e-5, 0.1, 40, 90, 179, 180, 181, 270, 359.9, 360 - 1e-6]);
  const side = (lon: number): LonLat[] =>
    [-90, ...(next() < 0.5 ? [-30, 45] : []), 90].map((lat): LonLat => [lon, lat]);
  const ring = [...side(meridian + width), ...side(meridian).toReversed()];
  return { outlines: [[next() < 0.5 ? ring : ring.toReversed()]], exact: true };
}

/** A corner at a pole, or an edge that passes over one. */
function throughPole(next: Next): Drawn {
  const pole = pick(next, [1, -1]);
  const lon = pick(next, [...meridians, between(next, -180, 180)]);
  const lat = (): number => pole * between(next, 50, 88);
  const ring: LonLat[] =
    next() < 0.5
      ? [
          [lon, lat()],
          [lon + between(next, 20, 70), lat()],
          [lon + between(next, 90, 160), lat()],
          [next() * 360 - 180, pole * 90],
        ]
      : [
          [lon, lat()],
          [lon + 180, lat()],
          [lon + between(next, 200, 340), lat()],
        ];
  return { outlines: [[next() < 0.5 ? ring : ring.toReversed()]], exact: true };
}

/** A ring that is joined to its hole by a line walked to and fro. */
function keyhole(next: Next): Drawn {
  const middle = anywhere(next);
  const large = next() < 0.5;
  const outer = large
    ? times(16, (k) => away(middle, k % 2 ? 70 : 115, 22.5 * k))
    : times(9, (k) => away(middle, between(next, 20, 40), 40 * k));
  const hole = times(7, (k) => away(middle, between(next, 4, 12), (360 * k) / 7));
  const inner = hole.toReversed();
  const joined = [...outer, outer[0]!, hole[0]!, ...inner];
  return { outlines: [[joined]], meaning: [[outer, hole]] };
}

/** Along a great circle and back beside it: metres or less wide, up to most of the way around. */
function sliver(next: Next): Drawn {
  const axis = anywhere(next);
  const length = between(next, 10, 340);
  const steps = Math.ceil(length / between(next, 3, 40));
  const width = 10 ** between(next, -9, -1);
  const edge = (side: number): LonLat[] =>
    times(steps + 1, (k) => away(axis, 90 + side * width, (length * k) / steps));
  const ring = [...edge(1), ...edge(-1).toReversed()];
  return { outlines: [[next() < 0.5 ? ring : ring.toReversed()]], exact: true };
}

/** Around a great circle, swinging, or on it. */
function aroundGlobe(next: Next): Drawn {
  const axis = anywhere(next);
  const corners = whole(next, 4, 24);
  const swing = pick(next, [0, 5, 30]);
  const ring = times(2 * corners, (k) => away(axis, 90 + (k % 2 ? swing : -swing), (180 * k) / corners));
  return { outlines: [[next() < 0.5 ? ring : ring.toReversed()]], exact: swing === 0 };
}

/** Within a hemisphere: any order, open or closed, with holes. */
function plain(next: Next): Drawn {
  const middle = anywhere(next);
  const size = 10 ** between(next, -1, 1.75);
  const outer = star(next, middle, 0.6 * size, size);
  const hole = star(next, middle, 0.1 * size, 0.25 * size);
  return { outlines: [next() < 0.5 ? [outer, hole] : [next() < 0.5 ? outer : outer.toReversed()]] };
}

/** A figure of eight, a star of one line, a ring that goes around twice; small, or around the globe. */
function bowTie(next: Next): Drawn {
  const middle = anywhere(next);
  const size = next() < 0.6 ? between(next, 5, 60) : 110;
  const corner = (bearing: number): LonLat => away(middle, size + between(next, -4, 4), bearing);
  const bearings = pick(next, [
    [0, 180, 90, 270],
    [0, 144, 288, 72, 216],
    [...times(7, (k) => 51 * k), ...times(6, (k) => 60 * k + 20)],
  ]);
  const detailed = bearings.flatMap((bearing, i) => {
    const [from, to] = [corner(bearing), bearings[(i + 1) % bearings.length]!];
    return size < 90 ? [from] : [from, away(middle, 8, (bearing + to) / 2)];
  });
  return { outlines: [[size < 90 ? bearings.map(corner) : detailed]], hasSide: size < 90 };
}

export const ringKinds: readonly RingKind[] = [
  ["cut along a meridian and over a pole", cutCap],
  ["the same, turned somewhere else", (next) => turned(next, cutCap(next))],
  ["the whole globe with holes", wholeGlobe],
  ["a hole larger than a hemisphere", largeHole],
  ["cut in two along a meridian", cutInTwo],
  ["cut in lunes", cutInLunes],
  ["a lune", lune],
  ["through a pole", throughPole],
  ["joined to its hole by a seam", keyhole],
  ["a sliver", sliver],
  ["around the globe", aroundGlobe],
  ["within a hemisphere", plain],
  ["crossing itself", bowTie, true],
];
