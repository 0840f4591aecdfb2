import { describe, expect, it } from "vitest";
import {
  NO_ID,
  type GridPlugin,
  type JsonObject,
  type OutputFieldSet,
  type Region,
} from "../../src/index.js";
import { gridLaws, type GridContractOptions } from "../../src/testing.js";
import { box, boxGrid, type BoxParams } from "./box-grid.js";
import { brokenLaws } from "./collect.js";

/** The kit is to find each of these with few points. */
const NUM_RUNS = 16;
const PARAMS = { cell_deg: 7.5 } as const;

/** A grid that is wrong in one way, and the law that must say so. */
interface WrongGrid {
  readonly wrong: string;
  readonly law: string;
  readonly change?: (grid: GridPlugin, fields: OutputFieldSet) => Partial<GridPlugin>;
  readonly options?: Partial<GridContractOptions>;
}

type Points = readonly [Float64Array, Float64Array];

/** The grid as it sees points that were changed on their way in. */
function seeing(
  grid: GridPlugin,
  see: (lon: number, lat: number) => readonly [number, number],
): Partial<GridPlugin> {
  const seen = (lonDeg: Float64Array, latDeg: Float64Array): Points => {
    const pairs = Array.from(lonDeg, (lon, i) => see(lon, latDeg[i]!));
    return [Float64Array.from(pairs, ([lon]) => lon), Float64Array.from(pairs, ([, lat]) => lat)];
  };
  return {
    assign: (lonDeg, latDeg, out) => grid.assign(...seen(lonDeg, latDeg), out),
    shardsOf: (lonDeg, latDeg, out) => grid.shardsOf(...seen(lonDeg, latDeg), out),
    locate: (key, lonDeg, latDeg, out) => grid.locate(key, ...seen(lonDeg, latDeg), out),
  };
}

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

let lastFields: OutputFieldSet = [];
let calls = 0;

const wrongGrids: readonly WrongGrid[] = [
  // Identity.
  {
    wrong: "counts its calls in the signature",
    law: "says its signature alike at every call and in every instance, type first",
    change: (grid) => ({ spatialSignature: () => ({ ...grid.spatialSignature(), call: calls++ }) }),
  },
  {
    wrong: "has type last in its signature",
    law: "says its signature alike at every call and in every instance, type first",
    change: () => ({ spatialSignature: () => ({ cell_deg: PARAMS.cell_deg, type: "box" }) }),
  },
  {
    wrong: "writes output_fields before the spatial keys",
    law: "composes its signature from the spatial one, output_fields last",
    change: (grid) => ({
      signature: () => ({
        type: "box",
        output_fields: grid.signature().output_fields,
        cell_deg: PARAMS.cell_deg,
      }),
    }),
  },
  {
    wrong: "lists the fields in the order of the config",
    law: "composes its signature from the spatial one, output_fields last",
    change: (grid, fields) => ({
      signature: () => {
        const { output_fields, ...spatial } = grid.signature();
        const order = fields.map(({ name }) => output_fields.find((field) => field.name === name)!);
        return { ...spatial, output_fields: order } as ReturnType<GridPlugin["signature"]>;
      },
    }),
  },
  {
    wrong: "lets output fields into its spatial signature",
    law: "keeps the aggregation out of its spatial signature",
    change: (grid) => ({ spatialSignature: () => grid.signature() }),
  },
  {
    wrong: "lets the number of fields into its spatial signature",
    law: "keeps the aggregation out of its spatial signature",
    change: (grid, fields) => ({
      spatialSignature: () => ({ ...grid.spatialSignature(), bands: fields.length }),
    }),
  },
  {
    wrong: "has undefined in its signature",
    law: "has signatures that survive JSON, and no key of a map too old for it",
    change: (grid) => {
      const spatial = { ...grid.spatialSignature(), datum: undefined } as unknown as { type: string };
      return {
        spatialSignature: () => spatial,
        signature: () => ({ ...grid.signature(), datum: undefined as never }),
      };
    },
  },
  {
    wrong: "has NaN in its signature",
    law: "has signatures that survive JSON, and no key of a map too old for it",
    change: (grid) => ({ signature: () => ({ ...grid.signature(), radius: NaN }) }),
  },
  {
    wrong: "forgives the lack of a key that it does not have",
    law: "has signatures that survive JSON, and no key of a map too old for it",
    change: () => ({
      signatureRules: { youngerKeys: { datum: { code: "D", why: "w", mend: "m" } }, equal: () => false },
    }),
  },
  {
    wrong: "nests with nothing",
    law: "nests with an equal grid, both ways",
    change: () => ({ nestsWith: () => false }),
  },
  {
    wrong: "nests with a grid that has its fields and more, but not the other way round",
    law: "nests with no other field set, whichever is asked",
    change: (grid) => ({
      nestsWith: (other) => {
        const theirs = other.signature().output_fields.map((field) => JSON.stringify(field));
        const own = grid.signature().output_fields.map((field) => JSON.stringify(field));
        return other.type === "box" && own.every((field) => theirs.includes(field));
      },
    }),
  },
  {
    wrong: "nests across families",
    law: "nests with no other family",
    change: (grid) => ({
      nestsWith: (other) =>
        JSON.stringify(other.signature().output_fields) === JSON.stringify(grid.signature().output_fields),
    }),
  },
  {
    wrong: "takes parameters that JSON loses",
    law: "comes from parameters that fit their schema and survive JSON",
    options: { params: { ...PARAMS, extra: undefined } as unknown as JsonObject },
  },
  {
    wrong: "means another grid by parameters that went through JSON",
    law: "comes from parameters that fit their schema and survive JSON",
    options: {
      factory: {
        ...box,
        create: (params: BoxParams, fields: OutputFieldSet) =>
          boxGrid(Object.isFrozen(params) ? params : { ...params, cell_deg: 15 }, fields),
      },
    },
  },
  {
    wrong: "has a schema with a keyword that is none",
    law: "comes from parameters that fit their schema and survive JSON",
    options: { factory: { ...box, paramsSchema: { ...box.paramsSchema, requires: ["cell_deg"] } as never } },
  },

  // Isolation.
  {
    wrong: "shares its fields among instances",
    law: "shares no state between instances",
    change: (_grid, fields) => {
      lastFields = fields;
      return { signature: () => boxGrid(PARAMS, lastFields).signature() };
    },
  },
  {
    wrong: "hands out the cells that it keeps",
    law: "keeps nothing of its callers: what they do with an answer changes no other",
    change: (grid) => {
      const kept = new Map<bigint, BigUint64Array>();
      return {
        cellsOf: (key) => {
          if (!kept.has(key)) kept.set(key, grid.cellsOf(key));
          return kept.get(key)!;
        },
      };
    },
  },
  {
    wrong: "remembers the cell before, and takes it for a point near it",
    law: "answers for a point alone as it does among others",
    change: (grid) => ({
      assign(lonDeg, latDeg, out) {
        grid.assign(lonDeg, latDeg, out);
        for (let i = 1; i < out.length; i++) {
          if (Math.abs(latDeg[i]! - latDeg[i - 1]!) < 1) out[i] = out[i - 1]!;
        }
      },
    }),
  },

  // Points.
  {
    wrong: "rounds points to shards otherwise than to cells",
    law: "gives a point a cell exactly when it gives it a shard, and every cell one shard",
    change: (grid) => ({
      shardsOf: (lonDeg, latDeg, out) =>
        grid.shardsOf(
          lonDeg.map((lon) => lon + 1),
          latDeg,
          out,
        ),
    }),
  },
  {
    wrong: "gives a shard to points without a cell",
    law: "gives a point a cell exactly when it gives it a shard, and every cell one shard",
    change: (grid) => ({
      assign: (lonDeg, latDeg, out) =>
        grid.assign(
          lonDeg,
          latDeg.map((lat) => (lat > 80 ? NaN : lat)),
          out,
        ),
    }),
  },
  {
    wrong: "loses the north pole",
    law: "holds the points that it is meant to hold, and at least one of those it was given",
    change: (grid) => seeing(grid, (lon, lat) => [lon, lat === 90 ? NaN : lat]),
  },
  {
    wrong: "loses the antimeridian",
    law: "holds the points that it is meant to hold, and at least one of those it was given",
    change: (grid) => seeing(grid, (lon, lat) => [lon >= 180 ? NaN : lon, lat]),
  },
  {
    wrong: "holds nothing",
    law: "holds the points that it is meant to hold, and at least one of those it was given",
    change: (grid) => seeing(grid, () => [NaN, NaN]),
    options: { isInside: () => undefined },
  },
  {
    wrong: "takes longitudes beyond 180 for 180",
    law: "puts a longitude and its whole turns into one cell, unless it says that it does not wrap",
    change: (grid) =>
      seeing(grid, (lon, lat) => [Number.isFinite(lon) ? Math.max(-180, Math.min(180, lon)) : lon, lat]),
  },
  {
    wrong: "says that it does not wrap, and does",
    law: "puts a longitude and its whole turns into one cell, unless it says that it does not wrap",
    options: { wraps: false },
  },
  {
    wrong: "takes NaN for 0",
    law: "keeps points outside that are not finite or beyond a pole",
    change: (grid) => seeing(grid, (lon, lat) => [Number.isNaN(lon) ? 0 : lon, Number.isNaN(lat) ? 0 : lat]),
  },
  {
    wrong: "folds latitudes beyond a pole onto it",
    law: "keeps points outside that are not finite or beyond a pole",
    change: (grid) => seeing(grid, (lon, lat) => [lon, Math.max(-90, Math.min(90, lat))]),
  },
  {
    wrong: "throws at points that are not finite",
    law: "keeps points outside that are not finite or beyond a pole",
    change: (grid) =>
      seeing(grid, (lon, lat) => {
        if (!Number.isFinite(lon) || !Number.isFinite(lat))
          throw new RangeError(`(${lon}, ${lat}) is no point`);
        return [lon, lat];
      }),
  },
  {
    wrong: "writes positions inside the shard only",
    law: "writes its outputs in full and nothing beside them",
    change: (grid) => ({
      locate(key, lonDeg, latDeg, out) {
        const positions = out.slice();
        const inside = grid.locate(key, lonDeg, latDeg, positions);
        positions.forEach((position, i) => {
          if (position >= 0) out[i] = position;
        });
        return inside;
      },
    }),
  },
  {
    wrong: "writes into the memory behind its output",
    law: "writes its outputs in full and nothing beside them",
    change: (grid) => ({
      assign(lonDeg, latDeg, out) {
        const whole = new BigUint64Array(out.buffer);
        grid.assign(lonDeg, latDeg, out);
        whole[whole.length - 1] = 5n;
      },
    }),
  },
  {
    wrong: "cannot take no points",
    law: "takes no points at all",
    change: (grid) => ({
      assign(lonDeg, latDeg, out) {
        if (lonDeg.length === 0) throw new RangeError("no points");
        grid.assign(lonDeg, latDeg, out);
      },
    }),
  },
  {
    wrong: "finds the points of the next shard in every shard",
    law: "locates a point in a shard exactly when shardsOf gives that shard",
    change: (grid) => ({
      locate: (key, lonDeg, latDeg, out) => grid.locate(BigInt((Number(key) + 1) % 48), lonDeg, latDeg, out),
    }),
  },
  {
    wrong: "is off by one in locate",
    law: "locates a point at the position of the cell that assign gives",
    change: (grid) => ({
      locate(key, lonDeg, latDeg, out) {
        const inside = grid.locate(key, lonDeg, latDeg, out);
        out.forEach((position, i) => {
          if (position > 0) out[i] = position - 1;
        });
        return inside;
      },
    }),
  },
  {
    wrong: "lists the cells of a shard backwards",
    law: "locates a point at the position of the cell that assign gives",
    change: (grid) => ({ cellsOf: (key) => grid.cellsOf(key).reverse() }),
  },
  {
    wrong: "counts the points it was given",
    law: "counts the points that it locates",
    change: (grid) => ({
      locate(key, lonDeg, latDeg, out) {
        grid.locate(key, lonDeg, latDeg, out);
        return out.length;
      },
    }),
  },

  // Storage.
  {
    wrong: "has chunks that overlap the next shard",
    law: "divides shards into whole chunks, one extent a dimension",
    change: (grid) => ({ storage: { ...grid.storage, chunkShape: [3, 4] } }),
  },
  {
    wrong: "names one dimension of two",
    law: "divides shards into whole chunks, one extent a dimension",
    change: (grid) => ({ storage: { ...grid.storage, dimensions: ["lat"] } }),
  },
  {
    wrong: "has a cell twice in a shard",
    law: "gives every position a cell of its own or a hole, and no cell to two shards",
    change: (grid) => ({ cellsOf: (key) => grid.cellsOf(key).map((id, i, ids) => (i === 3 ? ids[0]! : id)) }),
  },
  {
    wrong: "has a cell in two shards",
    law: "gives every position a cell of its own or a hole, and no cell to two shards",
    change: (grid) => ({ cellsOf: (key) => grid.cellsOf(key).map((id, i) => (i === 3 ? 0n : id)) }),
  },
  {
    wrong: "orders the cells of a shard row by row across its chunks",
    law: "orders the cells chunk by chunk, row-major in the shard and in the chunk",
    change: (grid, fields) => ({
      cellsOf: (key) => boxGrid({ ...PARAMS, chunked: false }, fields).cellsOf(key),
      locate: (key, lonDeg, latDeg, out) =>
        boxGrid({ ...PARAMS, chunked: false }, fields).locate(key, lonDeg, latDeg, out),
      storage: grid.storage,
    }),
  },
  {
    wrong: "puts the shards of a row into one block",
    law: "gives every shard a block of its own inside the array",
    change: (grid) => ({
      storage: {
        ...grid.storage,
        placement: (keys) => {
          const { arrayShape, blockIndex } = grid.storage.placement(keys);
          return { arrayShape, blockIndex: (key) => [blockIndex(key)[0]!, 0] };
        },
      },
    }),
  },
  {
    wrong: "counts blocks from one, beyond the end of the array",
    law: "gives every shard a block of its own inside the array",
    change: (grid) => ({
      storage: {
        ...grid.storage,
        placement: (keys) => {
          const { arrayShape, blockIndex } = grid.storage.placement(keys);
          return { arrayShape, blockIndex: (key) => blockIndex(key).map((index) => index + 1) };
        },
      },
    }),
  },
  {
    wrong: "has a coordinate that is too short",
    law: "gives coordinates the lengths, types and dimensions that it declares",
    change: (grid) => ({
      storage: {
        ...grid.storage,
        coordinates: grid.storage.coordinates.map((one) => ({ ...one, values: one.values.slice(1) })),
      },
    }),
  },
  {
    wrong: "has cell coordinates of another type than it declares",
    law: "gives coordinates the lengths, types and dimensions that it declares",
    change: (grid) => ({ cellCoordinate: (_name, key) => Float64Array.from(grid.cellsOf(key), Number) }),
  },
  {
    wrong: "has an attribute that JSON does not know",
    law: "has attributes that are plain JSON",
    change: (grid) => ({
      storage: {
        ...grid.storage,
        arrayAttributes: { valid_range: Float64Array.of(0, 1) } as unknown as JsonObject,
      },
    }),
  },

  // Regions.
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

  // Capabilities.
  {
    wrong: "says uint32 of wider ids",
    law: "has cell ids as wide as it says, and no narrower",
    change: (grid) => ({
      cellsOf: (key) => grid.cellsOf(key).map((id) => id + 2n ** 40n),
      assign(lonDeg, latDeg, out) {
        grid.assign(lonDeg, latDeg, out);
        out.forEach((id, i) => {
          if (id !== NO_ID) out[i] = id + 2n ** 40n;
        });
      },
    }),
  },
  {
    wrong: "says uint64 of ids that fit 32 bits",
    law: "has cell ids as wide as it says, and no narrower",
    change: (grid) => ({ capabilities: { ...grid.capabilities, cellIds: "uint64" } }),
  },
  {
    wrong: "says that it is hierarchical, and cuts the cells of the coarser grid",
    law: "nests each cell in one cell of the derived grid, when it says that it is hierarchical",
    options: { derived: (fields) => boxGrid({ cell_deg: 5 }, fields) },
  },
];

async function lawsBrokenBy({ change, options = {} }: Omit<WrongGrid, "wrong" | "law">) {
  const make = (params: BoxParams) => (fields: OutputFieldSet) => {
    const grid = boxGrid(params, fields);
    const parts = change?.(grid, fields) ?? {};
    const changed: GridPlugin = {
      ...grid,
      signature: () => ({ ...changed.spatialSignature(), output_fields: grid.signature().output_fields }),
      ...parts,
    };
    return changed;
  };
  return brokenLaws({
    create: make(PARAMS),
    factory: { ...box, create: (params: BoxParams, fields: OutputFieldSet) => make(params)(fields) },
    params: PARAMS,
    unchunked: (fields) => boxGrid({ ...PARAMS, chunked: false }, fields),
    isInside: () => true,
    numRuns: NUM_RUNS,
    ...options,
  });
}

describe("the kit, by a grid that is correct", () => {
  it("finds nothing", async () => {
    expect(await lawsBrokenBy({})).toEqual([]);
  });
});

describe("the kit, by a grid that", () => {
  for (const { wrong, law, ...grid } of wrongGrids) {
    it(`${wrong}, finds it`, async () => {
      const broken = await lawsBrokenBy(grid);
      expect(broken.map((test) => test.law)).toContain(law);
      expect(broken.find((test) => test.law === law)?.message).toMatch(`${law}: `);
    });
  }

  it("is any of these, has a law for each: all of them are needed", () => {
    expect([...new Set(wrongGrids.map(({ law }) => law))].sort()).toEqual([...gridLaws].sort());
  });
});
