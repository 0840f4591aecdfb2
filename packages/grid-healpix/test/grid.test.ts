import { NO_ID, isCodedError, type GridPlugin, type OutputField } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nestedCenters } from "../src/kernels/cell-coordinates.js";
import { coarsenMorton, mortonFromNested, nestedFromMorton } from "../src/morton.js";
import type { HealpixParams } from "../src/params.js";
import { createWithCells, type GridWithCells } from "./grid-cells.js";

/** The shard of the published example: base cell 3, order 11. */
const SHARD = 5347296405926969355n;
const SHARD_NESTED = 15259047n;

const field = (name: string, changes: Partial<OutputField> = {}): OutputField => ({
  name,
  kind: "scalar",
  resolution: "cell",
  dtype: "float32",
  declaredDtype: null,
  fillValue: "NaN",
  trailingShape: [],
  innerShape: [],
  attributes: {},
  ...changes,
});

const create = (params: Partial<HealpixParams> = {}, fields: readonly OutputField[] = []): GridWithCells =>
  createWithCells({ parent_order: 11, child_order: 19, chunk_inner: 13, ...params } as HealpixParams, fields);

const code = (run: () => unknown): string | undefined => {
  try {
    run();
  } catch (error) {
    return isCodedError(error) ? error.code : String(error);
  }
  return undefined;
};

describe("signatures", () => {
  it("has these spatial keys in this order, and latitude last", () => {
    expect(JSON.stringify(create().spatialSignature())).toBe(
      '{"type":"healpix","indexing_scheme":"nested","parent_order":11,"child_order":19,"layout":"fullsphere","latitude":"authalic-wgs84"}',
    );
    expect(create({ latitude: "geodetic", layout: "dense" }).spatialSignature()).toMatchObject({
      layout: "dense",
      latitude: "geodetic-spherical",
    });
  });

  it("composes the signature from the spatial one, the fields last and sorted", () => {
    const grid = create({}, [field("h_mean"), field("count", { declaredDtype: "int32", dtype: "int32" })]);
    expect(JSON.stringify(grid.signature())).toBe(
      JSON.stringify(grid.spatialSignature()).replace(
        /}$/,
        ',"output_fields":[{"name":"count","kind":"scalar","trailing_shape":[],"inner_shape":[],"dtype":"int32"},' +
          '{"name":"h_mean","kind":"scalar","trailing_shape":[],"inner_shape":[],"dtype":null}]}',
      ),
    );
  });

  it("does not depend on fields or chunks in its spatial part", () => {
    const expected = create().spatialSignature();
    expect(create({ chunk_inner: null }).spatialSignature()).toEqual(expected);
    expect(create({ emit_cell_ids: true }, [field("a")]).spatialSignature()).toEqual(expected);
  });

  it("declares latitude as younger than the shard map format, and no value as equal to another", () => {
    const { youngerKeys, equal } = create().signatureRules;
    expect(Object.keys(youngerKeys)).toEqual(["latitude"]);
    expect(youngerKeys["latitude"]?.code).toBe("LATITUDE_UNSTATED");
    expect(equal("parent_order", 10, 11)).toBe(false);
  });
});

describe("nesting", () => {
  it("joins grids of any orders, layouts and chunks with equal fields, both ways", () => {
    const a = create({}, [field("x"), field("y")]);
    const b = create({ parent_order: 3, child_order: 5, chunk_inner: 4, layout: "dense" }, [
      field("y"),
      field("x"),
    ]);
    expect([a.nestsWith(b), b.nestsWith(a), a.nestsWith(a)]).toEqual([true, true, true]);
  });

  it("refuses other fields, another latitude and another family, both ways", () => {
    const own = create({}, [field("x")]);
    const others = [create({}, [field("y")]), create({ latitude: "geodetic" }, [field("x")])];
    for (const other of others) expect([own.nestsWith(other), other.nestsWith(own)]).toEqual([false, false]);
    expect(own.nestsWith({ ...own, type: "rectilinear" })).toBe(false);
  });

  it("knows a grid of its family by its public face, not by who made it", () => {
    const own = create({}, [field("x")]);
    const copy = { ...own, signature: () => JSON.parse(JSON.stringify(own.signature())) } as GridPlugin;
    expect(own.nestsWith(copy)).toBe(true);
  });
});

describe("shards", () => {
  it("are morton words, labelled in decimal form", () => {
    expect(create().shardLabel(SHARD)).toBe("433142223324");
    expect(create({ parent_order: 9, chunk_inner: 11 }).shardLabel(11530143033882312713n)).toBe(
      "-4111114214",
    );
  });

  it("hold the published cells: the first two of order 19, and the last", () => {
    const words = create().cellCoordinate!("morton", SHARD) as BigUint64Array;
    expect(words).toHaveLength(4 ** 8);
    expect([words[0], words[1], words.at(-1)]).toEqual([
      5347296405926969363n,
      5347296405931163667n,
      5347296680800682003n,
    ]);
  });

  it("hold the published chunks, each one contiguous slice of the canonical order", () => {
    const grid = create();
    const words = grid.cellCoordinate!("morton", SHARD) as BigUint64Array;
    const size = grid.storage.chunkShape[0]!;
    const chunks = Array.from({ length: 16 }, (_, j) => coarsenMorton(13, words[j * size]!));
    expect(chunks.slice(0, 3)).toEqual([5347296405926969357n, 5347296423106838541n, 5347296440286707725n]);
    expect(chunks[15]).toBe(5347296663625007117n);
    chunks.forEach((chunk, j) => expect(coarsenMorton(13, words[(j + 1) * size - 1]!)).toBe(chunk));
  });

  it("list their cells as consecutive nested ids, also beyond 2^53", () => {
    expect([...create({ child_order: 12, chunk_inner: 11 }).cellsOf(SHARD)]).toEqual(
      [0n, 1n, 2n, 3n].map((k) => 4n * SHARD_NESTED + k),
    );
    const last = mortonFromNested(27, 12n * 4n ** 27n - 1n);
    const grid = create({ parent_order: 27, child_order: 29, chunk_inner: null, layout: "dense" });
    expect([...grid.cellsOf(last)].at(-1)).toBe(12n * 4n ** 29n - 1n);
    expect(grid.cellCoordinate!("cell_ids", last)).toEqual(grid.cellsOf(last));
  });

  it("are refused when the key is of another order, a point, or no word", () => {
    const grid = create();
    const keys = [0n, 1n, NO_ID, -1n, 2n ** 64n, coarsenMorton(10, SHARD), SHARD + 64n, (13n << 60n) | 11n];
    for (const key of keys) {
      expect(code(() => grid.cellsOf(key))).toBe("GRID_SHARD_UNKNOWN");
      expect(code(() => grid.shardFootprint(key))).toBe("GRID_SHARD_UNKNOWN");
      expect(code(() => grid.shardLabel(key))).toBe("GRID_SHARD_UNKNOWN");
      expect(code(() => grid.locate(key, new Float64Array(1), new Float64Array(1), new Int32Array(1)))).toBe(
        "GRID_SHARD_UNKNOWN",
      );
      expect(code(() => grid.storage.placement(new BigUint64Array(0)).blockIndex(key))).toBe(
        "GRID_SHARD_UNKNOWN",
      );
    }
    const point = 6629298651489370160n;
    const finest = create({ parent_order: 29, child_order: 29, chunk_inner: null, layout: "dense" });
    expect(code(() => finest.cellsOf(point))).toBe("GRID_SHARD_UNKNOWN");
  });

  it("have no coordinate of another name", () => {
    expect(() => create().cellCoordinate!("lat", SHARD)).toThrow(RangeError);
  });
});

/** Points biased to poles, antimeridian and far longitudes. */
const lon = fc.oneof(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.constantFrom(-180, 180, 0, -0, 45, 90, 135, -90, 540, -725, 179.9999999),
);
const lat = fc.oneof(
  fc.double({ min: -90, max: 90, noNaN: true }),
  fc.constantFrom(-90, 90, 0, 41.810314895778596, -41.810314895778596, 89.9999999, -89.9999999),
);
const orders = fc
  .tuple(fc.integer({ min: 0, max: 29 }), fc.integer({ min: 0, max: 6 }))
  .map(([parent, apart]) => ({
    parent_order: parent,
    child_order: Math.min(parent + apart, 29),
    chunk_inner: null,
    layout: parent + apart > 24 ? ("dense" as const) : ("fullsphere" as const),
  }));

/** A place and points around it within a few cells' width of an order, so that several share its shard. */
const cluster = (childOrder: number): fc.Arbitrary<[number, number][]> => {
  const aside = fc.double({ min: -200 * 2 ** -childOrder, max: 200 * 2 ** -childOrder, noNaN: true });
  return fc
    .tuple(lon, lat, fc.array(fc.tuple(aside, aside), { minLength: 1, maxLength: 12 }))
    .map(([x, y, asides]) => [
      [x, y],
      ...asides.map(([dx, dy]): [number, number] => [x + dx, Math.max(-90, Math.min(90, y + dy))]),
    ]);
};
const latitude = fc.constantFrom("authalic" as const, "geodetic" as const);

describe("points", () => {
  it("have one shard and one position in it, whose cell is the one they are assigned, at orders 0 to 29", () => {
    fc.assert(
      fc.property(
        orders.chain((levels) => fc.tuple(fc.constant(levels), cluster(levels.child_order))),
        latitude,
        ([levels, points], convention) => {
          const grid = create({ ...levels, latitude: convention });
          const lonDeg = Float64Array.from(points, ([x]) => x);
          const latDeg = Float64Array.from(points, ([, y]) => y);
          const ids = new BigUint64Array(points.length);
          const keys = new BigUint64Array(points.length);
          const positions = new Int32Array(points.length);
          grid.assign(lonDeg, latDeg, ids);
          grid.shardsOf(lonDeg, latDeg, keys);
          for (const key of new Set(keys)) {
            const inside = grid.locate(key, lonDeg, latDeg, positions);
            const cells = grid.cellsOf(key);
            expect(positions.filter((position) => position >= 0)).toHaveLength(inside);
            positions.forEach((position, k) => {
              expect(position >= 0).toBe(keys[k] === key);
              if (position >= 0) expect(cells[position]).toBe(ids[k]);
            });
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("at the centres of a shard's cells have the positions 0, 1, 2 …, at the poles and the antimeridian too", () => {
    for (const convention of ["authalic", "geodetic"] as const) {
      for (const nested of [0n, 63n, 64n * 4n, 64n * 5n - 1n, 64n * 8n, 64n * 11n + 17n]) {
        const grid = create({ parent_order: 3, child_order: 6, chunk_inner: 4, latitude: convention });
        const key = mortonFromNested(3, nested);
        const cells = grid.cellsOf(key);
        const lonDeg = new Float64Array(cells.length);
        const latDeg = new Float64Array(cells.length);
        nestedCenters(6, cells, convention, lonDeg, latDeg);
        const positions = new Int32Array(cells.length);
        expect(grid.locate(key, lonDeg, latDeg, positions)).toBe(64);
        expect([...positions]).toEqual([...positions.keys()]);
      }
    }
  });

  it("that are no places are outside everything, without an error", () => {
    const grid = create();
    const lonDeg = Float64Array.of(NaN, 0, Infinity, 0, 0);
    const latDeg = Float64Array.of(0, NaN, 0, 90.0001, -Infinity);
    const ids = new BigUint64Array(5);
    grid.assign(lonDeg, latDeg, ids);
    expect([...ids]).toEqual(Array(5).fill(NO_ID));
    grid.shardsOf(lonDeg, latDeg, ids);
    expect([...ids]).toEqual(Array(5).fill(NO_ID));
    const positions = new Int32Array(5);
    expect(grid.locate(SHARD, lonDeg, latDeg, positions)).toBe(0);
    expect([...positions]).toEqual(Array(5).fill(-1));
  });

  it("may be none", () => {
    expect(create().locate(SHARD, new Float64Array(0), new Float64Array(0), new Int32Array(0))).toBe(0);
  });

  it("come in arrays of one length", () => {
    expect(() => create().assign(new Float64Array(2), new Float64Array(2), new BigUint64Array(3))).toThrow(
      RangeError,
    );
  });

  it("inside a shard's footprint are in the shard", () => {
    for (const convention of ["authalic", "geodetic"] as const) {
      const grid = create({ parent_order: 4, child_order: 6, chunk_inner: null, latitude: convention });
      for (const nested of [0n, 255n, 1024n, 1500n, 2048n, 3071n]) {
        const key = mortonFromNested(4, nested);
        expect([...grid.coverer(grid.shardFootprint(key)).shardKeys]).toContain(key);
        expect(nestedFromMorton(key).nested).toBe(nested);
      }
    }
  });
});

describe("storage", () => {
  it("of the full sphere puts every shard at its nested id", () => {
    const { storage } = create();
    expect(storage).toMatchObject({
      groupPath: "19",
      dimensions: ["cells"],
      chunkDimensions: ["chunks"],
      shardShape: [65536],
      chunkShape: [4096],
    });
    const placement = storage.placement(BigUint64Array.of(SHARD));
    expect(placement.arrayShape).toEqual([3298534883328]);
    expect(placement.blockIndex(SHARD)).toEqual([Number(SHARD_NESTED)]);
    expect(placement.blockIndex(SHARD)[0]! * 65536).toBe(Number(create().cellsOf(SHARD)[0]));
  });

  it("of the full sphere keeps block indices exact at order 24", () => {
    const last = mortonFromNested(24, 12n * 4n ** 24n - 1n);
    const { storage } = create({ parent_order: 24, child_order: 24, chunk_inner: null });
    expect(BigInt(storage.placement(new BigUint64Array(0)).blockIndex(last)[0]!)).toBe(12n * 4n ** 24n - 1n);
  });

  it("that is dense packs the shards of the map in the order of their keys, with chunks of their own", () => {
    const keys = BigUint64Array.from([3n, 700n, SHARD_NESTED, 50000000n], (nested) =>
      mortonFromNested(11, nested),
    );
    const { storage } = create({ layout: "dense" });
    const placement = storage.placement(keys);
    expect(placement.arrayShape).toEqual([4 * 65536]);
    expect([...keys].map((key) => placement.blockIndex(key))).toEqual([[0], [1], [2], [3]]);
    expect(storage.chunkShape).toEqual([4096]);
    expect(code(() => placement.blockIndex(mortonFromNested(11, 4n)))).toBe("GRID_SHARD_UNKNOWN");
    expect(storage.placement(new BigUint64Array(0)).arrayShape).toEqual([0]);
    expect(() => storage.placement(BigUint64Array.from(keys).reverse())).toThrow(RangeError);
  });

  it("writes cell ids always when it is dense, and else as the config asks", () => {
    const always = (params: Partial<HealpixParams>): boolean | undefined =>
      create(params).storage.cellCoordinates.find(({ name }) => name === "cell_ids")?.always;
    expect(always({})).toBe(false);
    expect(always({ emit_cell_ids: true })).toBe(true);
    expect(always({ layout: "dense" })).toBe(true);
  });

  it("has uint64 coordinates morton and cell_ids with fill 0", () => {
    expect(
      create().storage.cellCoordinates.map(({ name, dtype, fillValue }) => [name, dtype, fillValue]),
    ).toEqual([
      ["morton", "uint64", 0],
      ["cell_ids", "uint64", 0],
    ]);
  });

  it("describes itself by the DGGS convention", () => {
    expect(create().storage.attributes).toEqual({
      zarr_conventions: [
        {
          schema_url: "https://raw.githubusercontent.com/zarr-conventions/dggs/refs/tags/v1/schema.json",
          spec_url: "https://github.com/zarr-conventions/dggs/blob/v1/README.md",
          uuid: "7b255807-140c-42ca-97f6-7a1cfecdbc38",
          name: "dggs",
          description: "Discrete Global Grid Systems convention for zarr",
        },
      ],
      dggs: {
        name: "healpix",
        refinement_level: 19,
        indexing_scheme: "nested",
        spatial_dimension: "cells",
        ellipsoid: { name: "WGS84", semimajor_axis: 6378137.0, inverse_flattening: 298.257223563 },
        coordinate: "cell_ids",
        compression: "none",
      },
      latitude: "authalic-wgs84",
    });
  });

  it("names a sphere in the geodetic convention, and no coordinate that the config declines", () => {
    const { attributes } = create({ latitude: "geodetic", emit_cell_ids: false }).storage;
    expect(attributes["latitude"]).toBe("geodetic-spherical");
    expect(attributes["dggs"]).toMatchObject({ ellipsoid: { name: "sphere" } });
    expect(attributes["dggs"]).not.toHaveProperty("coordinate");
  });

  it("refers its arrays to a CF grid mapping, and its cell ids to the grid", () => {
    const { storage } = create();
    expect(storage.arrayAttributes).toEqual({ grid_mapping: "crs" });
    expect(storage.coordinates).toHaveLength(1);
    expect(storage.coordinates[0]).toMatchObject({
      name: "crs",
      shape: [],
      attributes: { grid_mapping_name: "healpix", refinement_level: 19, indexing_scheme: "nested" },
    });
    expect(Object.keys(storage.cellCoordinates[1]?.attributes ?? {})).toEqual([
      "grid_name",
      "level",
      "indexing_scheme",
      "ellipsoid",
    ]);
  });
});
