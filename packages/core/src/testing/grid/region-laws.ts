/** Laws of regions: coverers and footprints, judged by points whose membership is known by construction. */
import { isCodedError } from "../../errors.js";
import type { Region, Ring } from "../../geometry.js";
import { NO_ID } from "../../grid.js";
import type { GridLaw } from "./law.js";
import { pointText } from "../points.js";
import { boundingCap, holds, vectorOf } from "../sphere.js";
import { outlinedShards } from "./outlined-shards.js";
import { findings, idText } from "./point-laws.js";
import { pointAt, shardsOfPoints } from "./scene.js";

const DEFAULT_MARGIN = 0.001;
const DEFAULT_SLACK = 0.05;
/** Covered shards of a region that are judged by their place. */
const JUDGED = 200;
/** Rounding of angles, in degrees. */
const ROUNDING_DEG = 1e-9;

export const regionLaws: readonly GridLaw[] = [
  {
    name: "covers the shard of every point inside a region",
    check(scene) {
      return scene.regions.flatMap(({ region, inside, text }) => {
        const covered = new Set(scene.grid.coverer(region).shardKeys);
        const shards = shardsOfPoints(scene.grid, inside);
        return findings(inside.length, (i) =>
          shards[i] === NO_ID || covered.has(shards[i]!)
            ? undefined
            : `a coverer of ${text} lacks shard ${shards[i]} of the point ${pointText(inside[i]!)}`,
        );
      });
    },
  },
  {
    name: "covers no shard far from the region, in its holes no more than beside it",
    check(scene) {
      const slack = scene.options.coverageSlack ?? DEFAULT_SLACK;
      return scene.regions.flatMap(({ region, text }) =>
        someOf(scene.grid.coverer(region).shardKeys).flatMap((key) => {
          const cap = boundingCap(scene.grid.shardFootprint(key));
          if (cap === undefined) return [];
          const reach = cap.radiusDeg * (1 + slack) + ROUNDING_DEG;
          return holds(region, cap.centre, reach)
            ? []
            : [`a coverer of ${text} has shard ${key}, whose middle is more than ${reach} degrees away`];
        }),
      );
    },
  },
  {
    name: "covers nothing with a region that is empty",
    check({ grid, regions }) {
      const empty: readonly Region[] = [[], [[]]];
      return empty.flatMap((region, k) => {
        const what = k === 0 ? "no polygon" : "a polygon without rings";
        const { shardKeys, cover } = grid.coverer(region);
        const within = regions.slice(0, 1).flatMap((known) => [...grid.coverer(known.region).cover(region)]);
        return [
          ...(shardKeys.length === 0 ? [] : [`a region of ${what} covers ${shardKeys.length} shards`]),
          ...(regions.slice(0, 1).every((known) => cover(known.region).length === 0)
            ? []
            : [`a footprint has shards in a region of ${what}`]),
          ...(within.length === 0 ? [] : [`a footprint of ${what} covers ${within.length} shards`]),
        ];
      });
    },
  },
  {
    name: "refuses a ring that is none, and a vertex that is no place, with a GeometryError",
    check({ grid, regions }) {
      const known = regions[0]?.region;
      if (known === undefined) return [];
      const { cover } = grid.coverer(known);
      return wrongRegions(known).flatMap(({ region, text }) => [
        ...notRefused(`a coverer of ${text}`, () => grid.coverer(region)),
        ...notRefused(`a footprint of ${text}`, () => cover(region)),
      ]);
    },
  },
  {
    name: "lists shards ascending",
    check(scene) {
      return scene.regions.flatMap(({ region, text }) => {
        const { shardKeys } = scene.grid.coverer(region);
        return ascends(shardKeys) && shardKeys.at(-1) !== NO_ID
          ? []
          : [`a coverer of ${text} does not ascend, or has NO_ID`];
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
        const alone = new Set(scene.grid.coverer(footprint.region).shardKeys);
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
    check({ grid, points, shards, options }) {
      const margin = options.footprintMargin ?? DEFAULT_MARGIN;
      return [...new Set(shards)].flatMap((key) => {
        if (key === NO_ID) return [];
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
    name: "outlines shards with valid coordinates, three or more per ring",
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
        ...grid.coverer(footprint).shardKeys,
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

/** A region with one wrong vertex, first or last, in its outer ring or in what comes after it; and rings that are none. */
function wrongRegions(known: Region): { region: Region; text: string }[] {
  const [[outer]] = known as [[Ring]];
  const last = outer.lonDeg.length - 1;
  const places = [
    [NaN, 0],
    [Infinity, 0],
    [-Infinity, 0],
    [0, NaN],
    [0, Infinity],
    [0, 90.5],
    [0, -91],
  ] as const;
  const rings = places.flatMap(([lon, lat]) =>
    [0, last].map((at) => ({
      ring: { lonDeg: outer.lonDeg.with(at, lon), latDeg: outer.latDeg.with(at, lat) },
      text: `a ring with the vertex (${lon}, ${lat})`,
    })),
  );
  const none = [
    {
      ring: { lonDeg: outer.lonDeg.slice(0, 2), latDeg: outer.latDeg.slice(0, 2) },
      text: "a ring of two vertices",
    },
    { ring: { lonDeg: outer.lonDeg, latDeg: outer.latDeg.slice(1) }, text: "a ring of unequal lengths" },
  ];
  return [...rings, ...none].flatMap(({ ring, text }) => [
    { region: [[ring]], text },
    { region: [[outer, ring]], text: `${text} as a hole` },
    { region: [[outer], [ring]], text: `${text} in the second polygon` },
  ]);
}

function notRefused(what: string, action: () => unknown): string[] {
  try {
    action();
  } catch (error) {
    return isCodedError(error) && error.name === "GeometryError" ? [] : [`${what} throws ${String(error)}`];
  }
  return [`${what} is taken`];
}

/** At most {@link JUDGED} of the shards that a region covers, evenly spread. */
function someOf(keys: BigUint64Array): bigint[] {
  const stride = Math.max(1, Math.ceil(keys.length / JUDGED));
  return Array.from(keys).filter((_key, k) => k % stride === 0);
}

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
