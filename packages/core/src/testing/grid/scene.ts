/** What the laws of a grid look at: an instance, points, and what the grid says of them. */
import fc from "fast-check";
import type { OutputField, OutputFieldSet } from "../../fields.js";
import { NO_ID, type GridPlugin } from "../../grid.js";
import { interestingPoints } from "../points.js";
import { angleDeg, boundingCap, lonLatOf, middle, pointAround, vectorOf, type LonLat } from "../sphere.js";
import type { GridContractOptions } from "./contract.js";
import { createKnownRegions, type KnownRegion } from "./known-regions.js";
import { outlinedShards } from "./outlined-shards.js";

/** One instance under the laws, and how to make more of them. */
export interface GridScene {
  readonly options: GridContractOptions;
  /** A fresh instance of the grid under test. */
  readonly create: (fields: OutputFieldSet) => GridPlugin;
  readonly grid: GridPlugin;
  readonly points: PointColumns;
  /** Shard key of each point, and its position in that shard; NO_ID and -1 outside. */
  readonly shards: BigUint64Array;
  readonly positions: Int32Array;
  /** Some of the shards that hold points, ascending. */
  readonly keys: BigUint64Array;
  readonly regions: readonly KnownRegion[];
  readonly seed: number;
  readonly numRuns: number;
}

/** Points in the form in which a grid takes them. */
export interface PointColumns {
  readonly lonDeg: Float64Array;
  readonly latDeg: Float64Array;
}

/** Positions of a shard that are looked at one by one: odd, so that no pattern of cells hides between them. */
const SAMPLED = 243;
/** Shards that the laws walk through. */
const MAX_SHARDS = 12;
/** Sides of meridians on which a strip of points is tried: degrees, and parts of the radius of a shard. */
const STRIP_DEG = [1e-6, 0.01, 0.05, 0.09, 0.5];
const STRIP_PARTS = [0.01, 0.04, 0.15];
/** At which of the latitudes of points in the grid, as parts of their number. */
const QUANTILES = [0.1, 0.35, 0.5, 0.8];
/** Meridians whose sides are tried: the antimeridian, the first, those of whole 90 degrees, and one like any other. */
const MERIDIANS_DEG = [180, 0, 90, -90, 77.123];
/** Steps after which two points in double precision have no other between them. */
const BISECTIONS = 60;
/** Distances from a corner of a shard, in parts of its radius. */
const BESIDE_CORNER = [0, 1e-12, 1e-6, 1e-2];

export const fieldA: OutputField = scalarField("a", "float32", null);
export const fieldB: OutputField = scalarField("b", "int32", "int32");

export function createScene(
  options: GridContractOptions,
  create: (fields: OutputFieldSet) => GridPlugin,
): GridScene {
  const seed = options.seed ?? 1;
  const numRuns = options.numRuns ?? 100;
  const grid = create([fieldA]);
  const points = lazily(() => columnsOf(scenePoints(options, grid, seed, numRuns)));
  const shards = lazily(() => shardsOfColumns(grid, points()));
  const positions = lazily(() => positionsIn(grid, points(), shards()));
  const keys = lazily(() => someKeys(shards()));
  const regions = lazily(() => createKnownRegions(scene));
  // A member that is not written yet fails the laws that need it, and no others.
  const scene: GridScene = {
    options,
    create,
    grid,
    seed,
    numRuns,
    get points() {
      return points();
    },
    get shards() {
      return shards();
    },
    get positions() {
      return positions();
    },
    get keys() {
      return keys();
    },
    get regions() {
      return regions();
    },
  };
  return scene;
}

function scenePoints(
  options: GridContractOptions,
  grid: GridPlugin,
  seed: number,
  numRuns: number,
): LonLat[] {
  const seeds = [
    ...fc.sample(interestingPoints(), { seed, numRuns }),
    ...(options.points === undefined ? [] : fc.sample(options.points, { seed, numRuns })),
  ];
  const inside = insideOf(grid, seeds);
  return [
    ...seeds,
    ...stripPoints(grid, inside),
    ...edgePoints(grid, inside, numRuns),
    ...cornerPoints(grid, inside),
  ];
}

/** Points a little east and west of meridians, and around the poles, at some latitudes of the grid. */
function stripPoints(grid: GridPlugin, inside: readonly LonLat[]): LonLat[] {
  const shardRadius = medianRadiusDeg(outlinesAsFarAsThereAre(grid, someKeys(shardsOfPoints(grid, inside))));
  const distances = [...STRIP_DEG, ...STRIP_PARTS.map((part) => part * shardRadius)];
  const held = inside.map(({ latDeg }) => latDeg).sort((a, b) => a - b);
  const latitudes = QUANTILES.flatMap((part) => held[Math.floor(part * held.length)] ?? []);
  const sides = distances.flatMap((distance) => [-distance, distance]);
  return [
    ...MERIDIANS_DEG.flatMap((meridian) =>
      sides.flatMap((by) => latitudes.map((latDeg) => ({ lonDeg: wrapped(meridian + by), latDeg }))),
    ),
    ...distances.flatMap((distance) =>
      [-135, -10, 80, 179.9].flatMap((lonDeg) =>
        [1, -1].map((pole) => ({ lonDeg, latDeg: pole * Math.max(0, 90 - distance) })),
      ),
    ),
  ];
}

/** Radius of a shard of middling size; 1 when no shard has an outline. */
export function medianRadiusDeg(outlined: ReturnType<typeof outlinedShards>): number {
  const radii = outlined.map(({ radiusDeg }) => radiusDeg).sort((a, b) => a - b);
  return radii[radii.length >> 1] ?? 1;
}

function wrapped(lonDeg: number): number {
  return lonDeg > 180 ? lonDeg - 360 : lonDeg < -180 ? lonDeg + 360 : lonDeg;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

export function columnsOf(points: readonly LonLat[]): PointColumns {
  return {
    lonDeg: Float64Array.from(points, ({ lonDeg }) => lonDeg),
    latDeg: Float64Array.from(points, ({ latDeg }) => latDeg),
  };
}

export function pointAt({ lonDeg, latDeg }: PointColumns, i: number): LonLat {
  return { lonDeg: lonDeg[i]!, latDeg: latDeg[i]! };
}

/** Shard key of each point of a short list. */
export function shardsOfPoints(grid: GridPlugin, points: readonly LonLat[]): BigUint64Array {
  return shardsOfColumns(grid, columnsOf(points));
}

/** Shard key of each point. */
export function shardsOfColumns(grid: GridPlugin, { lonDeg, latDeg }: PointColumns): BigUint64Array {
  const out = new BigUint64Array(lonDeg.length);
  grid.shardsOf(lonDeg, latDeg, out);
  return out;
}

/** Position of each point in the shard given for it; -1 where that is NO_ID. */
export function positionsIn(grid: GridPlugin, points: PointColumns, shards: BigUint64Array): Int32Array {
  const indices = new Map<bigint, number[]>();
  shards.forEach((key, i) => {
    if (key === NO_ID) return;
    const list = indices.get(key);
    if (list === undefined) indices.set(key, [i]);
    else list.push(i);
  });
  const positions = new Int32Array(shards.length).fill(-1);
  for (const [key, list] of indices) {
    const out = new Int32Array(list.length);
    const { lonDeg, latDeg } = columnsOf(list.map((i) => pointAt(points, i)));
    grid.locate(key, lonDeg, latDeg, out);
    list.forEach((i, k) => (positions[i] = out[k]!));
  }
  return positions;
}

/** The positions of a shard that laws look at one by one: all, or {@link SAMPLED} of them, the ends among them. */
export function sampledPositions(positions: number): number[] {
  const count = Math.min(SAMPLED, positions);
  return Array.from({ length: count }, (_, k) =>
    count === 1 ? 0 : Math.round((k * (positions - 1)) / (count - 1)),
  );
}

function scalarField(name: string, dtype: "float32" | "int32", declaredDtype: string | null): OutputField {
  return {
    name,
    kind: "scalar",
    resolution: "cell",
    dtype,
    declaredDtype,
    fillValue: 0,
    trailingShape: [],
    innerShape: [],
    attributes: {},
  };
}

function insideOf(grid: GridPlugin, points: readonly LonLat[]): LonLat[] {
  const shards = shardsOfPoints(grid, points);
  return points.filter((_, i) => shards[i] !== NO_ID);
}

/** Neighbours on either side of an edge between cells, and between shards, found by bisection between two points. */
function edgePoints(grid: GridPlugin, inside: readonly LonLat[], numRuns: number): LonLat[] {
  const shardOf = (point: LonLat): string => String(shardsOfPoints(grid, [point])[0]);
  const cellOf = (point: LonLat): string => {
    const columns = columnsOf([point]);
    const shards = shardsOfColumns(grid, columns);
    return `${shards[0]}/${positionsIn(grid, columns, shards)[0]}`;
  };
  return inside.slice(0, Math.ceil(numRuns / 2)).flatMap((from, i) => {
    const far = inside[(i * 7 + 3) % inside.length]!;
    const near = lonLatOf(pointAround(vectorOf(from), 10 ** -(i % 8), i * 77));
    return [...bisect(from, far, shardOf), ...bisect(from, near, cellOf)];
  });
}

function bisect(from: LonLat, to: LonLat, nameOf: (point: LonLat) => string): LonLat[] {
  const own = nameOf(from);
  if (nameOf(to) === own) return [];
  let [a, b] = [from, to];
  for (let step = 0; step < BISECTIONS; step++) {
    const between = lonLatOf(middle(vectorOf(a), vectorOf(b)));
    if (nameOf(between) === own) a = between;
    else b = between;
  }
  return [a, b];
}

/** Corners of shards and points a little towards their middle. */
function cornerPoints(grid: GridPlugin, inside: readonly LonLat[]): LonLat[] {
  const keys = someKeys(shardsOfPoints(grid, inside));
  return outlinesAsFarAsThereAre(grid, keys).flatMap(({ footprint, radiusDeg }) => {
    const ring = footprint[0]?.[0];
    const cap = boundingCap(footprint);
    if (ring === undefined || cap === undefined) return [];
    const stride = Math.max(1, Math.floor(ring.lonDeg.length / 4));
    return Array.from(ring.lonDeg)
      .flatMap((lonDeg, i) => (i % stride === 0 ? [{ lonDeg, latDeg: ring.latDeg[i]! }] : []))
      .flatMap((corner) => {
        const vertex = vectorOf(corner);
        const inwards = BESIDE_CORNER.map((part) => {
          let at = cap.centre;
          for (let away = angleDeg(at, vertex); away > part * radiusDeg && away > 1e-13;) {
            const next = middle(at, vertex);
            if (angleDeg(next, vertex) >= away) break;
            at = next;
            away = angleDeg(at, vertex);
          }
          return lonLatOf(at);
        });
        return [corner, ...inwards];
      });
  });
}

/** No outlines from a grid that cannot give them: that is for the laws of outlines to tell. */
function outlinesAsFarAsThereAre(grid: GridPlugin, keys: BigUint64Array): ReturnType<typeof outlinedShards> {
  try {
    return outlinedShards(grid, keys);
  } catch {
    return [];
  }
}

/** At most {@link MAX_SHARDS} distinct keys, ascending, the first and the last among them. */
function someKeys(shards: BigUint64Array): BigUint64Array {
  const distinct = BigUint64Array.from(new Set(shards.filter((key) => key !== NO_ID))).sort();
  const count = Math.min(MAX_SHARDS, distinct.length);
  return BigUint64Array.from({ length: count }, (_, i) =>
    count === 1 ? distinct[0]! : distinct[Math.round((i * (distinct.length - 1)) / (count - 1))]!,
  );
}
