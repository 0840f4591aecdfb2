/** Laws of regions: coverage, coverers and footprints, judged by points whose membership is known by construction. */
import { isCodedError } from "../../errors.js";
import type { Ring } from "../../geometry.js";
import { NO_ID } from "../../grid.js";
import type { GridLaw } from "./law.js";
import { pointText } from "../points.js";
import { angleDeg, boundingCap, holds, vectorOf } from "../sphere.js";
import { outlinedShards } from "./outlined-shards.js";
import { findings, idText } from "./point-laws.js";
import { pointAt, shardsOfPoints } from "./scene.js";

const DEFAULT_MARGIN = 0.01;
const DEFAULT_SLACK = 0.05;
/** Rounding of angles, in degrees. */
const ROUNDING_DEG = 1e-9;

export const regionLaws: readonly GridLaw[] = [
  {
    name: "covers the shard of every point inside a region",
    check(scene) {
      return scene.regions.flatMap(({ region, inside, text }) => {
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
      return scene.regions.flatMap(({ region, centre, radiusDeg, text }) =>
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
      return scene.regions.flatMap(({ region, text }) => {
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
      const { grid, regions } = scene;
      return regions.flatMap(({ region, text }, r) => {
        const coverer = grid.coverer(region);
        const indexOf = new Map(Array.from(coverer.shardKeys, (key, index) => [key, index]));
        return [r, r + 1, r + 7].flatMap((other) => {
          const footprint = regions[other % regions.length]!;
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
      const { regions } = scene;
      return regions.flatMap(({ region, text }, r) => {
        const coverer = scene.grid.coverer(region);
        const footprint = regions[(r + 1) % regions.length]!;
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

function ascends(values: BigUint64Array | Uint32Array): boolean {
  return Array.from<bigint | number>(values).every((value, k, all) => k === 0 || all[k - 1]! < value);
}

function isRing({ lonDeg, latDeg }: Ring): boolean {
  return (
    lonDeg.length >= 3 &&
    lonDeg.length === latDeg.length &&
    lonDeg.every((lon) => Number.isFinite(lon)) &&
    latDeg.every((lat) => Math.abs(lat) <= 90)
  );
}
