/** Laws of regions: coverage, coverers and footprints, judged by points whose membership is known by construction. */
import fc from "fast-check";
import { isCodedError } from "../../errors.js";
import type { Region, Ring } from "../../geometry.js";
import { NO_ID } from "../../grid.js";
import type { GridLaw } from "./law.js";
import { pointText } from "../points.js";
import {
  angleDeg,
  boundingCap,
  holds,
  lonLatOf,
  pointAround,
  vectorOf,
  type LonLat,
  type Vector,
} from "../sphere.js";
import { findings, idText } from "./point-laws.js";
import { outlinedShards, pointAt, shardsOfPoints, type GridScene } from "./scene.js";

/** A region whose inside is known: a polygon around a centre, perhaps with a hole. */
interface KnownRegion {
  readonly region: Region;
  readonly centre: Vector;
  readonly radiusDeg: number;
  /** Points that are in it for certain. */
  readonly inside: readonly LonLat[];
  readonly text: string;
}

/**
 * How far towards its sides a region is filled with points. Edges are great circles of the sphere, and a grid may take
 * them on the authalic one, which moves them by less than this part.
 */
const FILLED = 0.98;
/** Regions wider than this are not tried, so that every ring fits well in a hemisphere. */
const MAX_RADIUS_DEG = 40;
/** Sizes of regions, in parts of the radius of a shard. */
const SIZES = [0.003, 0.05, 0.4, 1, 2.2] as const;
const DEFAULT_MARGIN = 0.01;
const DEFAULT_SLACK = 0.05;
/** Rounding of angles, in degrees. */
const ROUNDING_DEG = 1e-9;

export const regionLaws: readonly GridLaw[] = [
  {
    name: "covers the shard of every point inside a region",
    check(scene) {
      return knownRegions(scene).flatMap(({ region, inside, text }) => {
        const covered = new Set(scene.grid.coverage(region));
        const shards = shardsOfPoints(scene.grid, inside);
        return findings(inside.length, (i) =>
          shards[i] === NO_ID || covered.has(shards[i]!)
            ? undefined
            : `coverage of ${text} lacks shard ${shards[i]} of the point ${pointText(inside[i]!)}`,
        );
      });
    },
  },
  {
    name: "covers no shard far from the region",
    check(scene) {
      const slack = scene.options.coverageSlack ?? DEFAULT_SLACK;
      return knownRegions(scene).flatMap(({ region, centre, radiusDeg, text }) =>
        Array.from(scene.grid.coverage(region)).flatMap((key) => {
          const cap = boundingCap(scene.grid.shardFootprint(key));
          if (cap === undefined) return [];
          const reach = radiusDeg + cap.radiusDeg * (1 + slack) + ROUNDING_DEG;
          const away = angleDeg(centre, cap.centre);
          return away <= reach
            ? []
            : [`coverage of ${text} has shard ${key}, ${away} degrees away and not ${reach}`];
        }),
      );
    },
  },
  {
    name: "lists shards ascending, in coverage and coverer alike",
    check(scene) {
      return knownRegions(scene).flatMap(({ region, text }) => {
        const covered = scene.grid.coverage(region);
        const { shardKeys } = scene.grid.coverer(region);
        return [
          ...(ascends(covered) && covered.at(-1) !== NO_ID
            ? []
            : [`coverage of ${text} does not ascend, or has NO_ID`]),
          ...(covered.join() === shardKeys.join()
            ? []
            : [
                `a coverer of ${text} has ${shardKeys.length} shards, its coverage ${covered.length}, or others`,
              ]),
        ];
      });
    },
  },
  {
    name: "covers a footprint with ascending indices of the shards that its points are in",
    check(scene) {
      const { grid } = scene;
      const regions = knownRegions(scene);
      return regions.flatMap(({ region, text }, r) => {
        const coverer = grid.coverer(region);
        const indexOf = new Map(Array.from(coverer.shardKeys, (key, index) => [key, index]));
        return [r, r + 1, r + 7].flatMap((other) => {
          const footprint = regions[other % regions.length] as KnownRegion;
          const indices = coverer.cover(footprint.region);
          const found = new Set(indices);
          const shards = shardsOfPoints(grid, footprint.inside);
          return [
            ...(ascends(indices) && (indices.at(-1) ?? -1) < coverer.shardKeys.length
              ? []
              : [`the footprint ${footprint.text} in ${text} has the indices ${indices.join()}`]),
            ...findings(shards.length, (i) => {
              const index = indexOf.get(shards[i]!);
              return index === undefined || found.has(index)
                ? undefined
                : `the footprint ${footprint.text} in ${text} lacks index ${index}, shard ${shards[i]}, of ${pointText(footprint.inside[i]!)}`;
            }),
          ];
        });
      });
    },
  },
  {
    name: "covers a footprint within a region as it covers it alone",
    check(scene) {
      const regions = knownRegions(scene);
      return regions.flatMap(({ region, text }, r) => {
        const coverer = scene.grid.coverer(region);
        const footprint = regions[(r + 1) % regions.length] as KnownRegion;
        const alone = new Set(scene.grid.coverage(footprint.region));
        const due = coverer.shardKeys.filter((key) => alone.has(key)).join();
        const got = Array.from(coverer.cover(footprint.region), (index) => coverer.shardKeys[index]).join();
        return got === due
          ? []
          : [`the footprint ${footprint.text} in ${text} has the shards [${got}], not [${due}]`];
      });
    },
  },
  {
    name: "covers a shard by its own footprint",
    check({ grid, keys }) {
      return outlinedShards(grid, keys).flatMap(({ key, footprint }) => {
        const { shardKeys, cover } = grid.coverer(footprint);
        const index = shardKeys.indexOf(key);
        return index >= 0 && cover(footprint).includes(index)
          ? []
          : [`the footprint of shard ${key} does not cover it`];
      });
    },
  },
  {
    name: "outlines a shard around the points in it",
    check({ grid, keys, points, shards, options }) {
      const margin = options.footprintMargin ?? DEFAULT_MARGIN;
      return Array.from(keys).flatMap((key) => {
        const footprint = grid.shardFootprint(key);
        const allowed = margin * (boundingCap(footprint)?.radiusDeg ?? 0) + ROUNDING_DEG;
        return findings(shards.length, (i) =>
          shards[i] !== key || holds(footprint, vectorOf(pointAt(points, i)), allowed)
            ? undefined
            : `${pointText(pointAt(points, i))} is in shard ${key} and more than ${allowed} degrees outside its footprint`,
        );
      });
    },
  },
  {
    name: "outlines shards with valid coordinates, three or more a ring",
    check({ grid, keys }) {
      return Array.from(keys).flatMap((key) =>
        grid
          .shardFootprint(key)
          .flatMap((polygon) =>
            polygon
              .filter((ring) => !isRing(ring))
              .map(() => `the footprint of shard ${key} has a ring that is none`),
          ),
      );
    },
  },
  {
    name: "names every shard differently",
    check({ grid, keys }) {
      const namedBy = new Map<string, bigint>();
      const covered = outlinedShards(grid, keys.slice(0, 1)).flatMap(({ footprint }) => [
        ...grid.coverage(footprint),
      ]);
      return [...new Set([...keys, ...covered])].flatMap((key) => {
        const label = grid.shardLabel(key);
        const first = namedBy.get(label);
        namedBy.set(label, key);
        if (typeof label !== "string" || label === "") return [`shard ${key} has no label`];
        return first === undefined ? [] : [`shards ${first} and ${key} are both called ${label}`];
      });
    },
  },
  {
    name: "refuses the outline of a shard that it does not have with GRID_SHARD_UNKNOWN",
    check({ grid }) {
      try {
        grid.shardFootprint(NO_ID);
      } catch (error) {
        return isCodedError(error, "GRID_SHARD_UNKNOWN")
          ? []
          : [`the shard ${idText(NO_ID)} throws ${String(error)}`];
      }
      return [`the shard ${idText(NO_ID)} has an outline`];
    },
  },
];

/** Regions around points of the scene, of the sizes of its shards. */
function knownRegions(scene: GridScene): KnownRegion[] {
  const { grid, points, shards, keys, seed, numRuns } = scene;
  const radii = outlinedShards(grid, keys).map(({ radiusDeg }) => radiusDeg);
  const shardRadius = radii.sort((a, b) => a - b)[radii.length >> 1] ?? 1;
  const inside = [...shards.keys()].filter((i) => shards[i] !== NO_ID);
  if (inside.length === 0) return [];
  const shape = fc.record({
    pick: fc.nat(),
    size: fc.constantFrom(...SIZES),
    corners: fc.integer({ min: 3, max: 8 }),
    directionDeg: fc.double({ min: 0, max: 360, noNaN: true }),
    clockwise: fc.boolean(),
    holed: fc.boolean(),
    spots: fc.array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 360, noNaN: true })),
      {
        minLength: 12,
        maxLength: 12,
      },
    ),
  });
  return fc.sample(shape, { seed, numRuns: Math.max(4, Math.ceil(numRuns / 2)) }).map((one) => {
    const point = pointAt(points, inside[one.pick % inside.length] as number);
    const centre = vectorOf(point);
    const radiusDeg = Math.min(MAX_RADIUS_DEG, shardRadius * one.size);
    const innerDeg = one.holed ? radiusDeg * 0.2 : 0;
    const outer = ringAround(centre, radiusDeg, one.corners, one.directionDeg, one.clockwise);
    const hole = ringAround(centre, innerDeg, 4, one.directionDeg, !one.clockwise);
    const reachDeg = apothemDeg(radiusDeg, one.corners) * FILLED;
    const fromDeg = innerDeg / FILLED;
    const spots = [[one.holed ? 0 : -fromDeg, 0] as const, [1, one.directionDeg] as const, ...one.spots].map(
      ([part, direction]) => lonLatOf(pointAround(centre, fromDeg + (reachDeg - fromDeg) * part, direction)),
    );
    return {
      region: [one.holed ? [outer, hole] : [outer]],
      centre,
      radiusDeg,
      inside: spots,
      text: `the ${one.corners} corners ${one.holed ? "with a hole " : ""}${radiusDeg} degrees around ${pointText(point)}`,
    };
  });
}

function ringAround(
  centre: Vector,
  radiusDeg: number,
  corners: number,
  directionDeg: number,
  clockwise: boolean,
): Ring {
  const vertices = Array.from({ length: corners }, (_, k) =>
    lonLatOf(pointAround(centre, radiusDeg, directionDeg + ((clockwise ? -1 : 1) * 360 * k) / corners)),
  );
  return {
    lonDeg: Float64Array.from(vertices, ({ lonDeg }) => lonDeg),
    latDeg: Float64Array.from(vertices, ({ latDeg }) => latDeg),
  };
}

/** From the centre of a regular polygon on the sphere to the middle of its sides. */
function apothemDeg(radiusDeg: number, corners: number): number {
  return (Math.atan(Math.tan((radiusDeg * Math.PI) / 180) * Math.cos(Math.PI / corners)) * 180) / Math.PI;
}

function ascends(values: BigUint64Array | Uint32Array): boolean {
  return Array.from<bigint | number>(values).every(
    (value, k, all) => k === 0 || (all[k - 1] as typeof value) < value,
  );
}

function isRing({ lonDeg, latDeg }: Ring): boolean {
  return (
    lonDeg.length >= 3 &&
    lonDeg.length === latDeg.length &&
    lonDeg.every((lon) => Number.isFinite(lon)) &&
    latDeg.every((lat) => Math.abs(lat) <= 90)
  );
}
