/** Wrong coverage, coverers, footprints and labels. */
import { NO_ID, type GridPlugin, type Region } from "../../../src/index.js";
import type { WrongGrid } from "./wrong-grid.js";

/** The grid with a region of its own making in place of the one asked about. */
function covering(grid: GridPlugin, change: (region: Region) => Region): Partial<GridPlugin> {
  return {
    coverage: (region) => grid.coverage(change(region)),
    coverer: (region) => {
      const { shardKeys, cover } = grid.coverer(change(region));
      return { shardKeys, cover: (footprint) => cover(change(footprint)) };
    },
  };
}

/** A region with each ring changed. */
function withRings(
  region: Region,
  change: (lonDeg: number[], latDeg: number[]) => readonly [number[], number[]],
): Region {
  return region.map((polygon) =>
    polygon.map((ring) => {
      const [lonDeg, latDeg] = change([...ring.lonDeg], [...ring.latDeg]);
      return { lonDeg: Float64Array.from(lonDeg), latDeg: Float64Array.from(latDeg) };
    }),
  );
}

const tiny = (lon: number, lat: number): readonly [number[], number[]] => [
  [lon, lon + 1e-6, lon],
  [lat, lat, lat < 0 ? lat + 1e-6 : lat - 1e-6],
];
const wholeGlobe = Array.from({ length: 48 }, (_, k) => k);
const swapped = (keys: BigUint64Array): BigUint64Array => keys.slice().reverse();

export const wrongRegions: readonly WrongGrid[] = [
  {
    wrong: "covers the shard of the first corner only",
    law: "covers the shard of every point inside a region",
    change: (grid) => ({
      coverage: (region) => {
        const key = new BigUint64Array(1);
        const [ring] = region[0]!;
        grid.shardsOf(ring!.lonDeg.slice(0, 1), ring!.latDeg.slice(0, 1), key);
        return key;
      },
    }),
  },
  {
    wrong: "takes clockwise rings for their outside",
    law: "covers the shard of every point inside a region",
    change: (grid) => ({
      coverage: (region) => {
        const { lonDeg, latDeg } = region[0]![0]!;
        const doubled = lonDeg.reduce((sum, lon, i) => {
          const next = (i + 1) % lonDeg.length;
          return sum + lon * latDeg[next]! - lonDeg[next]! * latDeg[i]!;
        }, 0);
        const covered = grid.coverage(region);
        return doubled >= 0
          ? covered
          : BigUint64Array.from(wholeGlobe.map(BigInt).filter((key) => !covered.includes(key)));
      },
    }),
  },
  {
    wrong: "lacks a shard at the antimeridian in what it covers",
    law: "covers the shard of every point inside a region",
    change: (grid) => ({
      coverage: (region) => grid.coverage(region).filter((key) => Number(key) % 8 !== 7),
    }),
  },
  {
    wrong: "lacks the polar shards in what it covers",
    law: "covers the shard of every point inside a region",
    change: (grid) => ({ coverage: (region) => grid.coverage(region).filter((key) => key < 40n) }),
  },
  {
    wrong: "covers the globe, whatever the region",
    law: "covers no shard far from the region",
    change: () => ({ coverage: () => BigUint64Array.from(wholeGlobe, BigInt) }),
  },
  {
    wrong: "lists covered shards descending",
    law: "lists shards ascending, in coverage and coverer alike",
    change: (grid) => ({ coverage: (region) => swapped(grid.coverage(region)) }),
  },
  {
    wrong: "has a coverer of other shards than its coverage",
    law: "lists shards ascending, in coverage and coverer alike",
    change: (grid) => ({
      coverer: (region) => {
        const { shardKeys, cover } = grid.coverer(region);
        return { shardKeys: shardKeys.slice(0, -1), cover: (footprint) => cover(footprint).slice(0, -1) };
      },
    }),
  },
  {
    wrong: "has a coverer whose indices descend",
    law: "covers a footprint with ascending indices of the shards that its points are in",
    change: (grid) => ({
      coverer: (region) => {
        const { shardKeys, cover } = grid.coverer(region);
        return { shardKeys, cover: (footprint) => cover(footprint).reverse() };
      },
    }),
  },
  {
    wrong: "has a coverer that gives shards in place of indices",
    law: "covers a footprint with ascending indices of the shards that its points are in",
    change: (grid) => ({
      coverer: (region) => {
        const { shardKeys, cover } = grid.coverer(region);
        return { shardKeys, cover: (footprint) => cover(footprint).map((index) => Number(shardKeys[index])) };
      },
    }),
  },
  {
    wrong: "has a coverer that forgets the first shard of a footprint",
    law: "covers a footprint with ascending indices of the shards that its points are in",
    change: (grid) => ({
      coverer: (region) => {
        const { shardKeys, cover } = grid.coverer(region);
        return { shardKeys, cover: (footprint) => cover(footprint).slice(1) };
      },
    }),
  },
  {
    wrong: "has a coverer that gives every shard to every footprint",
    law: "covers a footprint within a region as it covers it alone",
    change: (grid) => ({
      coverer: (region) => {
        const { shardKeys } = grid.coverer(region);
        return { shardKeys, cover: () => Uint32Array.from(shardKeys.keys()) };
      },
    }),
  },
  {
    wrong: "shrinks the regions that it covers to a corner",
    law: "covers a shard by its own footprint",
    change: (grid) =>
      covering(grid, (region) => withRings(region, ([lon], [lat]) => tiny(lon! + 170, -lat!))),
  },
  {
    wrong: "has footprints that are too small",
    law: "outlines a shard around the points in it",
    change: (grid) => ({
      shardFootprint: (key) =>
        withRings(grid.shardFootprint(key), (lonDeg, latDeg) => [
          lonDeg,
          latDeg.map((lat) => (Math.floor(Number(key) / 8) * 30 - 75) * 0.2 + lat * 0.8),
        ]),
    }),
  },
  {
    wrong: "has latitude before longitude in its footprints",
    law: "outlines shards with valid coordinates, three or more a ring",
    change: (grid) => ({
      shardFootprint: (key) => withRings(grid.shardFootprint(key), (lonDeg, latDeg) => [latDeg, lonDeg]),
    }),
  },
  {
    wrong: "names shards by their column",
    law: "names every shard differently",
    change: () => ({ shardLabel: (key) => `column ${Number(key) % 8}` }),
  },
  {
    wrong: "has an outline for any number",
    law: "refuses the outline of a shard that it does not have with GRID_SHARD_UNKNOWN",
    change: (grid) => ({ shardFootprint: (key) => grid.shardFootprint(key === NO_ID ? 0n : key) }),
  },
  {
    wrong: "refuses an unknown shard without a code",
    law: "refuses the outline of a shard that it does not have with GRID_SHARD_UNKNOWN",
    change: (grid) => ({
      shardFootprint: (key) => {
        if (key === NO_ID) throw new RangeError("no such shard");
        return grid.shardFootprint(key);
      },
    }),
  },
];
