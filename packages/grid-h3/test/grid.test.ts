import { NO_ID, type OutputField } from "@zagg/core";
import fc from "fast-check";
import {
  cellToChildPos,
  cellToChildren,
  cellToLatLng,
  cellToParent,
  getPentagons,
  latLngToCell,
} from "h3-js";
import { describe, expect, it } from "vitest";
import { h3 } from "../src/h3.js";
import { createWithCells, type GridWithCells } from "./grid-cells.js";

const keyOf = (cell: string): bigint => BigInt(`0x${cell}`);
const gridOf = (parentRes: number, childRes: number, chunkRes: number | null = null): GridWithCells =>
  createWithCells({ parent_res: parentRes, child_res: childRes, chunk_res: chunkRes });

const field = (name: string): OutputField => ({
  name,
  kind: "scalar",
  resolution: "cell",
  dtype: "float32",
  declaredDtype: null,
  fillValue: "NaN",
  trailingShape: [],
  innerShape: [],
  attributes: {},
});

const lonLat = fc.oneof(
  fc.tuple(fc.double({ min: -400, max: 400, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true })),
  fc.tuple(fc.constantFrom(-180, 180, 540, 0, 90), fc.constantFrom(-90, 90, 0, -0, 89.999)),
  fc.constantFrom(...getPentagons(9)).map((cell): [number, number] => {
    const [lat, lon] = cellToLatLng(cell);
    return [lon, lat];
  }),
);
const resolutions = fc
  .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 9 }))
  .map(([parent, depth]): [number, number] => [parent, Math.min(15, parent + depth)]);

describe("points", () => {
  it("get the cells and shards that h3-js names", () => {
    fc.assert(
      fc.property(resolutions, fc.array(lonLat, { maxLength: 20 }), ([parentRes, childRes], points) => {
        const grid = gridOf(parentRes, childRes);
        const lonDeg = Float64Array.from(points, ([lon]) => lon);
        const latDeg = Float64Array.from(points, ([, lat]) => lat);
        const cells = points.map(([lon, lat]) => latLngToCell(lat, lon % 360, childRes));
        const out = new BigUint64Array(points.length);
        grid.assign(lonDeg, latDeg, out);
        expect([...out]).toEqual(cells.map(keyOf));
        grid.shardsOf(lonDeg, latDeg, out);
        expect([...out]).toEqual(cells.map((cell) => keyOf(cellToParent(cell, parentRes))));
      }),
      { numRuns: 200 },
    );
  });

  it("of a track get the cells that each would get alone, also where the sides of the icosahedron bend cells", () => {
    const step = fc.double({ min: -0.3, max: 0.3, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 15 }),
        lonLat,
        step,
        step,
        (childRes, [lon, lat], east, north) => {
          const size = 60 / Math.sqrt(7) ** childRes;
          const lonDeg = Float64Array.from({ length: 60 }, (_, k) => lon + (k - 30) * east * size);
          const latDeg = Float64Array.from({ length: 60 }, (_, k) =>
            Math.max(-90, Math.min(90, lat + (k - 30) * north * size)),
          );
          const out = new BigUint64Array(60);
          gridOf(childRes, childRes).assign(lonDeg, latDeg, out);
          const alone = Array.from(lonDeg, (_, k) =>
            keyOf(latLngToCell(latDeg[k]!, lonDeg[k]! % 360, childRes)),
          );
          expect([...out]).toEqual(alone);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("are located in their shard at the position of their cell, and nowhere else", () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 0, max: 4 })),
        fc.array(lonLat, { minLength: 1, maxLength: 10 }),
        ([parentRes, depth], points) => {
          const grid = gridOf(parentRes, parentRes + depth);
          const lonDeg = Float64Array.from(points, ([lon]) => lon);
          const latDeg = Float64Array.from(points, ([, lat]) => lat);
          const ids = new BigUint64Array(points.length);
          const shards = new BigUint64Array(points.length);
          grid.assign(lonDeg, latDeg, ids);
          grid.shardsOf(lonDeg, latDeg, shards);
          const positions = new Int32Array(points.length).fill(7);
          const shard = shards[0]!;
          const inside = grid.locate(shard, lonDeg, latDeg, positions);
          const cells = grid.cellsOf(shard);
          expect(inside).toBe(shards.filter((key) => key === shard).length);
          positions.forEach((position, k) => {
            if (shards[k] === shard) expect(cells[position]).toBe(ids[k]);
            else expect(position).toBe(-1);
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  it("that are no place are outside", () => {
    const lonDeg = Float64Array.of(NaN, 0, Infinity, 0, -Infinity, 0);
    const latDeg = Float64Array.of(0, NaN, 0, 90.0001, 0, -Infinity);
    const grid = gridOf(2, 5);
    const out = new BigUint64Array(6);
    grid.assign(lonDeg, latDeg, out);
    expect([...out]).toEqual(Array(6).fill(NO_ID));
    grid.shardsOf(lonDeg, latDeg, out.fill(0n));
    expect([...out]).toEqual(Array(6).fill(NO_ID));
    const positions = new Int32Array(6);
    expect(grid.locate(keyOf(latLngToCell(0, 0, 2)), lonDeg, latDeg, positions)).toBe(0);
    expect([...positions]).toEqual(Array(6).fill(-1));
  });

  it("at a pole have one cell, whatever their longitude", () => {
    const out = new BigUint64Array(3);
    gridOf(5, 10).assign(Float64Array.of(0, 123, -77), Float64Array.of(-90, -90, -90), out);
    expect(new Set(out).size).toBe(1);
  });

  it("need arrays of one length", () => {
    const grid = gridOf(2, 5);
    expect(() => grid.assign(new Float64Array(2), new Float64Array(1), new BigUint64Array(2))).toThrow(
      RangeError,
    );
    expect(() =>
      grid.locate(keyOf(latLngToCell(0, 0, 2)), new Float64Array(2), new Float64Array(2), new Int32Array(1)),
    ).toThrow(RangeError);
  });
});

describe("the cells of a shard", () => {
  it("are its descendants in index order, as h3-js lists and numbers them", () => {
    for (const [parentRes, childRes] of [
      [0, 4],
      [3, 3],
      [4, 7],
      [5, 6],
      [11, 15],
    ] as const) {
      const shard = latLngToCell(-75, 100, parentRes);
      const cells = gridOf(parentRes, childRes).cellsOf(keyOf(shard));
      expect([...cells]).toEqual(cellToChildren(shard, childRes).map(keyOf));
      expect(cellToChildPos(cells[cells.length - 1]?.toString(16) as string, parentRes)).toBe(
        cells.length - 1,
      );
    }
  });

  it("of a pentagon leave holes where the deleted axis would be", () => {
    for (const shard of getPentagons(3).slice(0, 4)) {
      const cells = gridOf(3, 6).cellsOf(keyOf(shard));
      expect(cells).toHaveLength(343);
      expect([...cells.filter((id) => id !== NO_ID)]).toEqual(cellToChildren(shard, 6).map(keyOf));
      expect([0, 1, 2, 7, 13, 14, 49, 97, 98].map((k) => cells[k] === NO_ID)).toEqual([
        false,
        true,
        false,
        true,
        true,
        false,
        true,
        true,
        false,
      ]);
    }
  });

  it("are stored as cell_ids with H3's null index at the holes", () => {
    const grid = gridOf(3, 6);
    const shard = keyOf(getPentagons(3)[0]!);
    const stored = grid.cellCoordinate!("cell_ids", shard) as BigUint64Array;
    expect([...stored]).toEqual([...grid.cellsOf(shard)].map((id) => (id === NO_ID ? 0n : id)));
    expect(() => grid.cellCoordinate!("morton", shard)).toThrow(RangeError);
  });

  it("come chunk by chunk: a chunk holds the descendants of one cell", () => {
    const grid = gridOf(3, 6, 4);
    expect(grid.storage.shardShape).toEqual([343]);
    expect(grid.storage.chunkShape).toEqual([49]);
    const cells = grid.cellsOf(keyOf(latLngToCell(45, 7, 3)));
    for (let chunk = 0; chunk < 7; chunk++) {
      const parents = [...cells.slice(49 * chunk, 49 * chunk + 49)].map((id) =>
        cellToParent(id.toString(16), 4),
      );
      expect(new Set(parents).size).toBe(1);
    }
  });
});

describe("a shard", () => {
  it("is called what H3 calls it", () => {
    expect(gridOf(5, 9).shardLabel(0x85283473fffffffn)).toBe("85283473fffffff");
  });

  it.each([
    ["a cell of another resolution", keyOf(latLngToCell(0, 0, 4))],
    ["no cell", 12n],
    ["the largest integer", NO_ID],
    ["a directed edge", 0x115283473fffffffn],
    ["a child on the deleted axis of a pentagon", keyOf(getPentagons(2)[0]!) + 2n ** 52n - (6n << 36n)],
  ])("is refused when its key is that of %s", (_, key) => {
    const grid = gridOf(3, 5);
    for (const ask of [grid.shardFootprint, grid.shardLabel, grid.cellsOf]) {
      expect(() => ask(key)).toThrow(expect.objectContaining({ code: "GRID_SHARD_UNKNOWN" }));
    }
    expect(() => grid.locate(key, new Float64Array(0), new Float64Array(0), new Int32Array(0))).toThrow(
      expect.objectContaining({ code: "GRID_SHARD_UNKNOWN" }),
    );
  });

  it("has the block that its key has among those of the map", () => {
    const keys = BigUint64Array.from(["832830fffffffff", "832831fffffffff", "832834fffffffff"], keyOf);
    const placement = gridOf(3, 5).storage.placement(keys);
    expect(placement.arrayShape).toEqual([147]);
    expect([...keys].map((key) => placement.blockIndex(key))).toEqual([[0], [1], [2]]);
    expect(() => placement.blockIndex(keyOf("832832fffffffff"))).toThrow(
      expect.objectContaining({ code: "GRID_SHARD_UNKNOWN" }),
    );
    expect(() => gridOf(3, 5).storage.placement(keys.reverse())).toThrow(RangeError);
  });
});

describe("identity", () => {
  it("is type, parent_res and child_res, then the output fields", () => {
    const grid = h3.create({ parent_res: 3, child_res: 8, chunk_res: 5 }, [field("b"), field("a")]);
    expect(JSON.stringify(grid.spatialSignature())).toBe('{"type":"h3","parent_res":3,"child_res":8}');
    expect(Object.keys(grid.signature())).toEqual(["type", "parent_res", "child_res", "output_fields"]);
    expect(grid.signature().output_fields.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("nests with other resolutions of equal fields only", () => {
    const fine = h3.create({ parent_res: 3, child_res: 8 }, [field("a")]);
    const coarse = h3.create({ parent_res: 2, child_res: 4 }, [field("a")]);
    const other = h3.create({ parent_res: 3, child_res: 8 }, [field("b")]);
    const foreign = { ...fine, type: "healpix" };
    expect([coarse, other, foreign].map((grid) => fine.nestsWith(grid))).toEqual([true, false, false]);
    expect(coarse.nestsWith(fine)).toBe(true);
  });

  it("is told by the metadata as readers want it", () => {
    const { storage } = gridOf(3, 8);
    expect(storage.attributes["dggs"]).toEqual({
      name: "h3",
      refinement_level: 8,
      spatial_dimension: "cells",
      ellipsoid: { name: "sphere", radius: 6371007.180918475 },
      coordinate: "cell_ids",
      compression: "none",
    });
    expect(storage.cellCoordinates).toEqual([
      {
        name: "cell_ids",
        dtype: "uint64",
        fillValue: 0,
        always: true,
        attributes: { grid_name: "h3", level: 8 },
      },
    ]);
  });
});
