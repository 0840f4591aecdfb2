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
  /** Cell id and shard key of each point. */
  readonly cells: BigUint64Array;
  readonly shards: BigUint64Array;
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

/** Shards that the laws walk through cell by cell. */
const MAX_SHARDS = 12;
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
  const ids = (write: "assign" | "shardsOf") =>
    lazily(() => {
      const out = new BigUint64Array(points().lonDeg.length);
      grid[write](points().lonDeg, points().latDeg, out);
      return out;
    });
  const [cells, shards] = [ids("assign"), ids("shardsOf")];
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
    get cells() {
      return cells();
    },
    get shards() {
      return shards();
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
  return [...seeds, ...edgePoints(grid, inside, numRuns), ...cornerPoints(grid, inside)];
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
  const { lonDeg, latDeg } = columnsOf(points);
  const out = new BigUint64Array(points.length);
  grid.shardsOf(lonDeg, latDeg, out);
  return out;
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
  return inside.slice(0, Math.ceil(numRuns / 2)).flatMap((from, i) => {
    const far = inside[(i * 7 + 3) % inside.length]!;
    const near = lonLatOf(pointAround(vectorOf(from), 10 ** -(i % 8), i * 77));
    return [
      ...bisect(from, far, (points, out) => grid.shardsOf(points.lonDeg, points.latDeg, out)),
      ...bisect(from, near, (points, out) => grid.assign(points.lonDeg, points.latDeg, out)),
    ];
  });
}

function bisect(
  from: LonLat,
  to: LonLat,
  ids: (points: PointColumns, out: BigUint64Array) => void,
): LonLat[] {
  const idOf = (point: LonLat): bigint => {
    const out = new BigUint64Array(1);
    ids(columnsOf([point]), out);
    return out[0]!;
  };
  const own = idOf(from);
  if (idOf(to) === own) return [];
  let [a, b] = [from, to];
  for (let step = 0; step < BISECTIONS; step++) {
    const between = lonLatOf(middle(vectorOf(a), vectorOf(b)));
    if (idOf(between) === own) a = between;
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
