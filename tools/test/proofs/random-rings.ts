/** Parts of which random rings are made. */
import { cross, mix, sphereOf, type LonLat, type Vector } from "./sphere.js";

/** A fraction in [0, 1), the next of a seed. */
export type Next = () => number;

/** Polygons as lists of rings, rings as lists of places. */
export type Outlines = readonly (readonly (readonly LonLat[])[])[];

/** Polygons that were drawn. */
export interface Drawn {
  readonly outlines: Outlines;
  /** Other rings that mean the same; those drawn, unless told. */
  readonly meaning?: Outlines;
  /** Rings larger than a hemisphere that cross themselves have no side. */
  readonly hasSide?: boolean;
  /** Whether files could not round the coordinates without changing what is drawn. */
  readonly exact?: boolean;
}

export const { toVector, toLonLat } = sphereOf("geodetic");
const DEGREE = Math.PI / 180;

export const between = (next: Next, low: number, high: number): number => low + (high - low) * next();
export const whole = (next: Next, low: number, high: number): number =>
  Math.floor(between(next, low, high + 1));
export const pick = <T>(next: Next, values: readonly T[]): T => values[Math.floor(next() * values.length)]!;
export const times = <T>(count: number, make: (k: number) => T): T[] =>
  Array.from({ length: count }, (_, k) => make(k));
export const anywhere = (next: Next): LonLat => [
  between(next, -180, 180),
  Math.asin(2 * next() - 1) / DEGREE,
];

/** The place that lies so far from another, in a direction; degrees. */
export function away([lon, lat]: LonLat, angle: number, bearing: number): LonLat {
  const at = toVector(lon, lat);
  const east = mix([1, cross(Math.abs(at[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0], at)]);
  const [a, b] = [angle * DEGREE, bearing * DEGREE];
  return toLonLat(
    mix([Math.cos(a), at], [Math.sin(a) * Math.cos(b), east], [Math.sin(a) * Math.sin(b), cross(at, east)]),
  );
}

/** Turned about an axis of its own; long edges are halved first, as those of a flat map would lie elsewhere. */
export function turned(next: Next, { outlines, ...rest }: Drawn): Drawn {
  const [z, angle] = [2 * next() - 1, 2 * Math.PI * next()];
  const r = Math.sqrt(1 - z * z);
  const axis: Vector = [r * Math.cos(angle), r * Math.sin(angle), z];
  const by = 2 * Math.PI * next();
  const turn = ([lon, lat]: LonLat): LonLat => {
    const v = toVector(lon, lat);
    const w = cross(axis, v);
    const along = axis[0] * v[0] + axis[1] * v[1] + axis[2] * v[2];
    const [c, s] = [Math.cos(by), Math.sin(by)];
    return toLonLat(
      [0, 1, 2].map((k) => c * v[k]! + s * w[k]! + (1 - c) * along * axis[k]!) as unknown as Vector,
    );
  };
  const halved = (ring: readonly LonLat[]): LonLat[] =>
    ring.flatMap((place, i) => {
      const [lon, lat] = ring[(i + 1) % ring.length]!;
      const isLong = Math.abs(lat - place[1]) > 60;
      return isLong
        ? [place, [Math.abs(place[1]) === 90 ? lon : place[0], (place[1] + lat) / 2] as const]
        : [place];
    });
  return { ...rest, outlines: outlines.map((polygon) => polygon.map((ring) => halved(ring).map(turn))) };
}
