/** Wrong coverage, coverers, footprints and labels. */
import { NO_ID, type GridPlugin, type Region } from "../../../src/index.js";
import type { WrongGrid } from "./wrong-grid.js";

/** The grid with a region of its own making in place of the one asked about. */
export function covering(grid: GridPlugin, change: (region: Region) => Region): Partial<GridPlugin> {
  return {
    coverer: (region) => {
      const { shardKeys, cover } = grid.coverer(change(region));
      return { shardKeys, cover: (footprint) => cover(change(footprint)) };
    },
  };
}

/** The grid with other shards than it covers. */
export function giving(
  grid: GridPlugin,
  keysOf: (covered: BigUint64Array, region: Region) => BigUint64Array,
): Partial<GridPlugin> {
  return {
    coverer: (region) => {
      const { shardKeys, cover } = grid.coverer(region);
      const given = keysOf(shardKeys, region);
      return {
        shardKeys: given,
        cover: (footprint) => {
          const touched = new Set(Array.from(cover(footprint), (index) => shardKeys[index]));
          return Uint32Array.from([...given.keys()].filter((index) => touched.has(given[index])));
        },
      };
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
    change: (grid) =>
      giving(grid, (_covered, region) => {
        const key = new BigUint64Array(1);
        const ring = region[0]?.[0];
        if (ring === undefined) return new BigUint64Array(0);
        grid.shardsOf(ring.lonDeg.slice(0, 1), ring.latDeg.slice(0, 1), key);
        return key;
      }),
  },
  {
    wrong: "takes clockwise rings for their outside",
    law: "covers the shard of every point inside a region",
    change: (grid) =>
      giving(grid, (covered, region) => {
        const ring = region[0]?.[0];
        if (ring === undefined) return covered;
        const { lonDeg, latDeg } = ring;
        const doubled = lonDeg.reduce((sum, lon, i) => {
          const next = (i + 1) % lonDeg.length;
          return sum + lon * latDeg[next]! - lonDeg[next]! * latDeg[i]!;
        }, 0);
        return doubled >= 0
          ? covered
          : BigUint64Array.from(wholeGlobe.map(BigInt).filter((key) => !covered.includes(key)));
      }),
  },
  {
    wrong: "lacks a shard at the antimeridian in what it covers",
    law: "covers the shard of every point inside a region",
    change: (grid) => giving(grid, (covered) => covered.filter((key) => Number(key) % 8 !== 7)),
  },
  {
    wrong: "lacks the polar shards in what it covers",
    law: "covers the shard of every point inside a region",
    change: (grid) => giving(grid, (covered) => covered.filter((key) => key < 40n)),
  },
  {
    wrong: "covers the first polygon of several",
    law: "covers the shard of every point inside a region",
    change: (grid) => covering(grid, (region) => region.slice(0, 1)),
  },
  {
    wrong: "covers nothing with a ring whose last vertex repeats the first",
    law: "covers the shard of every point inside a region",
    change: (grid) =>
      covering(grid, (region) =>
        region.filter(([ring]) => ring === undefined || ring.lonDeg[0] !== ring.lonDeg.at(-1)),
      ),
  },
  {
    wrong: "clamps the longitudes of rings at ±180",
    law: "covers the shard of every point inside a region",
    change: (grid) =>
      covering(grid, (region) =>
        withRings(region, (lonDeg, latDeg) => [
          lonDeg.map((lon) => Math.max(-180, Math.min(180, lon))),
          latDeg,
        ]),
      ),
  },
  {
    wrong: "encloses the smaller side of every ring",
    law: "covers the shard of every point inside a region",
    change: (grid) =>
      covering(grid, (region) =>
        region.some(([ring]) => ring !== undefined && ring.lonDeg.length > 11)
          ? withRings(region, (lonDeg, latDeg) => [lonDeg.reverse(), latDeg.reverse()])
          : region,
      ),
  },
  {
    wrong: "covers the globe, whatever the region",
    law: "covers no shard far from the region, in its holes no more than beside it",
    change: (grid) => giving(grid, () => BigUint64Array.from(wholeGlobe, BigInt)),
  },
  {
    wrong: "fills the holes of polygons",
    law: "covers no shard far from the region, in its holes no more than beside it",
    change: (grid) => covering(grid, (region) => region.map((polygon) => polygon.slice(0, 1))),
  },
  {
    wrong: "covers every shard with an empty region",
    law: "covers nothing with a region that is empty",
    change: (grid) =>
      giving(grid, (covered, region) =>
        region.length === 0 ? BigUint64Array.from(wholeGlobe, BigInt) : covered,
      ),
  },
  {
    wrong: "takes a vertex that is NaN for one at 0",
    law: "refuses a ring that is none, and a vertex that is no place, with a GeometryError",
    change: (grid) =>
      covering(grid, (region) =>
        withRings(region, (lonDeg, latDeg) => [
          lonDeg.map((lon) => (Number.isNaN(lon) ? 0 : lon)),
          latDeg.map((lat) => (Number.isNaN(lat) ? 0 : lat)),
        ]),
      ),
  },
  {
    wrong: "does not look at the vertices of holes",
    law: "refuses a ring that is none, and a vertex that is no place, with a GeometryError",
    change: (grid) =>
      covering(grid, (region) =>
        region.map((polygon) =>
          polygon.filter((ring, k) => k === 0 || [...ring.lonDeg, ...ring.latDeg].every(Number.isFinite)),
        ),
      ),
  },
  {
    wrong: "refuses a wrong vertex without a code",
    law: "refuses a ring that is none, and a vertex that is no place, with a GeometryError",
    change: (grid) => ({
      coverer: (region) => {
        if (region.flat().some(({ lonDeg }) => !lonDeg.every(Number.isFinite)))
          throw new RangeError("no place");
        return grid.coverer(region);
      },
    }),
  },
  {
    wrong: "lists covered shards descending",
    law: "lists shards ascending",
    change: (grid) => giving(grid, swapped),
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
    wrong: "gives a strip of 0.1 degrees east of the antimeridian to the shard beside it",
    law: "outlines a shard around the points in it",
    change: (grid) => {
      const seen = (lonDeg: Float64Array) =>
        lonDeg.map((lon) => {
          const east = lon + 180 - 360 * Math.floor((lon + 180) / 360);
          return east < 0.1 ? 179.99 : lon;
        });
      return {
        shardsOf: (lonDeg, latDeg, out) => grid.shardsOf(seen(lonDeg), latDeg, out),
        locate: (key, lonDeg, latDeg, out) => grid.locate(key, seen(lonDeg), latDeg, out),
      };
    },
  },
  {
    wrong: "gives a cap around the pole to one shard",
    law: "outlines a shard around the points in it",
    change: (grid) => {
      const seen = (lonDeg: Float64Array, latDeg: Float64Array) =>
        lonDeg.map((lon, i) => (latDeg[i]! > 89.7 ? -170 : lon));
      return {
        shardsOf: (lonDeg, latDeg, out) => grid.shardsOf(seen(lonDeg, latDeg), latDeg, out),
        locate: (key, lonDeg, latDeg, out) => grid.locate(key, seen(lonDeg, latDeg), latDeg, out),
      };
    },
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
    law: "outlines shards with valid coordinates, three or more per ring",
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
