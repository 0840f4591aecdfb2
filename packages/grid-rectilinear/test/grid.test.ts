import { existsSync, readFileSync } from "node:fs";
import { NO_ID, createRegistry, isCodedError, type GridPlugin, type OutputField } from "@zagg/core";
import { rectilinear, type RectilinearParams } from "../src/index.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idsAt, idsOf } from "./cell-ids.js";

const neonParams = {
  crs: "EPSG:32618",
  resolution: 10,
  bounds: [358300, 4299600, 370300, 4311600],
  chunk_shape: [600, 600],
  chunk_inner: [75, 75],
};
const antarcticParams = { crs: "EPSG:3031", resolution: 5000, bounds: [-3.2e6, -3.2e6, 3.2e6, 3.2e6] };
const worldParams = { crs: "EPSG:4326", resolution: 0.0001, bounds: [-180, -90, 180, 90] };
const NONE = 2n ** 64n - 1n;
const meanHeight: OutputField = {
  name: "h_mean",
  kind: "scalar",
  resolution: "cell",
  dtype: "float32",
  declaredDtype: "float32",
  fillValue: "NaN",
  trailingShape: [],
  innerShape: [],
  attributes: {},
};
const shardMap = new URL("../../../../shared/fixtures/benchmark/shardmaps/sm_rect_6km.json", import.meta.url);

function create(params: object, fields: readonly OutputField[] = []): GridPlugin {
  return rectilinear.create(params as RectilinearParams, fields);
}

function assign(grid: GridPlugin, lon: readonly number[], lat: readonly number[]): bigint[] {
  return [...idsAt(grid, Float64Array.from(lon), Float64Array.from(lat))];
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (isCodedError(error)) return error.code;
    throw error;
  }
  return "none";
}

describe("the factory", () => {
  it("registers as a grid", () => {
    expect(createRegistry([rectilinear]).grid("rectilinear")).toBe(rectilinear);
  });

  it("makes grids that share no state", () => {
    const [a, b] = [create(neonParams), create(neonParams)];
    (a.spatialSignature().shape as number[])[0] = 7;
    expect(a.spatialSignature()).toEqual(b.spatialSignature());
  });
});

describe("the signature", () => {
  it("has its keys in the order of the format", () => {
    expect(JSON.stringify(create(neonParams).spatialSignature())).toBe(
      '{"type":"rectilinear","crs":"EPSG:32618","affine":[10,0,358300,0,-10,4311600],' +
        '"shape":[1200,1200],"chunk_shape":[600,600]}',
    );
  });

  it("is the spatial signature with the output fields last", () => {
    const grid = create(neonParams, [meanHeight]);
    const { output_fields, ...spatial } = grid.signature();
    expect(spatial).toEqual(grid.spatialSignature());
    expect(Object.keys(grid.signature()).at(-1)).toBe("output_fields");
    expect(output_fields).toHaveLength(1);
  });

  it("does not depend on chunk_inner or on the fields", () => {
    const plain = create({ ...neonParams, chunk_inner: null });
    expect(create(neonParams, [meanHeight]).spatialSignature()).toEqual(plain.spatialSignature());
  });

  it("carries a code in upper case", () => {
    expect(create({ ...neonParams, crs: "epsg:32618" }).spatialSignature().crs).toBe("EPSG:32618");
  });
});

describe.runIf(existsSync(shardMap))("the shared benchmark shard map", () => {
  it("carries exactly this grid's spatial signature", () => {
    const stored = JSON.parse(readFileSync(shardMap, "utf8")) as { grid_signature: unknown };
    expect(create(neonParams).spatialSignature()).toEqual(stored.grid_signature);
  });
});

describe("comparing signatures", () => {
  const { signatureRules: rules } = create(neonParams);
  const own = create(neonParams).spatialSignature();
  const affine = own.affine as number[];
  const moved = (at: number, by: number) => affine.map((value, i) => (i === at ? value + by : value));

  it("takes a CRS by its meaning", () => {
    expect(rules.equal("crs", "+proj=utm +zone=18 +datum=WGS84 +units=m +no_defs", own.crs!)).toBe(true);
    expect(rules.equal("crs", "EPSG:32617", own.crs!)).toBe(false);
    expect(rules.equal("crs", "no CRS at all", own.crs!)).toBe(false);
    expect(rules.equal("crs", 32618, own.crs!)).toBe(false);
  });

  it("takes an origin within a millionth of a cell and a size within a thousand-millionth", () => {
    expect(rules.equal("affine", moved(2, 9e-6), affine)).toBe(true);
    expect(rules.equal("affine", moved(2, 2e-5), affine)).toBe(false);
    expect(rules.equal("affine", moved(0, 9e-9), affine)).toBe(true);
    expect(rules.equal("affine", moved(0, 2e-8), affine)).toBe(false);
    expect(rules.equal("affine", moved(4, 1), affine)).toBe(false);
    expect(rules.equal("affine", moved(1, 1), affine)).toBe(false);
    expect(rules.equal("affine", affine.slice(1), affine)).toBe(false);
    expect(rules.equal("affine", null, affine)).toBe(false);
  });

  it("takes shapes exactly: equal ones are not asked of it, and it makes no others equal", () => {
    expect(rules.equal("shape", [1200, 1201], own.shape!)).toBe(false);
    expect(rules.equal("chunk_shape", [600, 300], own.chunk_shape!)).toBe(false);
  });
});

describe("nesting", () => {
  const fine = { crs: "EPSG:3031", resolution: 500, bounds: [0, 0, 1e6, 1e6] };
  const nest = (a: GridPlugin, b: GridPlugin) => {
    expect(a.nestsWith(b)).toBe(b.nestsWith(a));
    return a.nestsWith(b);
  };

  it("holds for whole-number ratios with origins on cell corners, both ways", () => {
    expect(nest(create(fine), create(fine))).toBe(true);
    expect(nest(create(fine), create({ ...fine, resolution: 2000, bounds: [500, 0, 1e6, 999500] }))).toBe(
      true,
    );
    expect(nest(create(fine), create({ ...fine, resolution: [1000, 1500] }))).toBe(true);
  });

  it("holds for one CRS in two spellings", () => {
    const spelled = "+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=0 +datum=WGS84";
    expect(nest(create(fine), create({ ...fine, crs: spelled }))).toBe(true);
  });

  it("fails for other ratios, origins, CRSs, fields and families", () => {
    expect(nest(create(fine), create({ ...fine, resolution: 750 }))).toBe(false);
    expect(nest(create(fine), create({ ...fine, bounds: [250, 0, 1e6, 1e6] }))).toBe(false);
    expect(nest(create(fine), create({ ...fine, bounds: [0, 0, 1e6, 1e6 + 250] }))).toBe(false);
    expect(nest(create(fine), create({ ...fine, crs: "EPSG:3976" }))).toBe(false);
    expect(nest(create(fine), create(fine, [meanHeight]))).toBe(false);
    const healpix = { ...create(fine), type: "healpix", nestsWith: () => false };
    expect(nest(create(fine), healpix)).toBe(false);
  });
});

describe("points to cells", () => {
  const rows = readFileSync(new URL("./fixtures/cells.csv", import.meta.url), "utf8")
    .trim()
    .split("\n")
    .slice(1);

  it("agree with PROJ and NumPy's floor division, on cell edges too", () => {
    expect(rows).toHaveLength(200);
    for (const line of rows) {
      const [crs, ...numbers] = line.split(",") as [string, ...string[]];
      const [resolution, xmin, ymax, width, height, lon, lat] = numbers.map(Number) as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      const bounds = [xmin, ymax - height * resolution, xmin + width * resolution, ymax];
      const grid = create({ crs, resolution, bounds, chunk_shape: [16, 16] });
      expect(grid.spatialSignature().shape).toEqual([height, width]);
      const expected = numbers[7] === "-1" ? NONE : BigInt(numbers[7]!);
      expect(assign(grid, [lon], [lat]), line).toEqual([expected]);
    }
  });

  it("are row by row from the upper left corner", () => {
    const grid = create({ crs: "EPSG:4326", resolution: 1, bounds: [0, 0, 4, 2], chunk_shape: [1, 1] });
    expect(assign(grid, [0.5, 3.5, 0.5, 3.5], [1.5, 1.5, 0.5, 0.5])).toEqual([0n, 3n, 4n, 7n]);
  });

  it("own their left and upper edges, so that the right and lower edges of the grid are outside", () => {
    const grid = create({ crs: "EPSG:4326", resolution: 1, bounds: [0, 0, 4, 2], chunk_shape: [1, 1] });
    expect(assign(grid, [0, 1, 4, 0, 0], [2, 1, 1, 0, 2.0001])).toEqual([0n, 5n, NONE, NONE, NONE]);
  });

  it("have ids beyond 2^32 to the last cell", () => {
    const grid = create(worldParams);
    expect(assign(grid, [179.99995], [-89.99995])).toEqual([1799999n * 3600128n + 3599999n]);
  });

  it("are outside for latitudes beyond a pole, also where padding reaches there, and for NaN", () => {
    const grid = create({ ...worldParams, resolution: 1, chunk_shape: [256, 256] });
    expect(assign(grid, [0, 0, NaN, Infinity, 0], [-90.5, 90.5, 0, 0, NaN])).toEqual(Array(5).fill(NONE));
  });

  it("do nothing with no points", () => {
    const grid = create(neonParams);
    const none = new Float64Array(0);
    grid.shardsOf(none, none, new BigUint64Array(0));
    expect(grid.locate(0n, none, none, new Int32Array(0))).toBe(0);
  });

  it("need arrays of one length", () => {
    const two = new Float64Array(2);
    expect(() => create(neonParams).shardsOf(two, two, new BigUint64Array(1))).toThrow(RangeError);
    expect(() => create(neonParams).locate(0n, two, new Float64Array(3), new Int32Array(2))).toThrow(
      RangeError,
    );
  });

  it("are written to a view within a larger buffer", () => {
    const grid = create({ crs: "EPSG:4326", resolution: 1, bounds: [0, 0, 4, 2], chunk_shape: [1, 1] });
    const buffer = new BigUint64Array(3);
    grid.shardsOf(Float64Array.of(3.5), Float64Array.of(0.5), buffer.subarray(1, 2));
    expect([...buffer]).toEqual([0n, 7n, 0n]);
  });

  it("are the same in blocks as one by one", () => {
    const n = 10_000;
    const lon = Float64Array.from({ length: n }, (_, i) => -180 + ((i * 137.508) % 360));
    const lat = Float64Array.from({ length: n }, (_, i) => -60 - (i * 30) / n);
    const grid = create(antarcticParams);
    const out = new BigUint64Array(n);
    grid.shardsOf(lon, lat, out);
    for (const i of [0, 4095, 4096, 8191, 8192, 9999]) {
      const alone = new BigUint64Array(1);
      grid.shardsOf(lon.subarray(i, i + 1), lat.subarray(i, i + 1), alone);
      expect(alone[0]).toBe(out[i]);
    }
  });
});

describe("shards", () => {
  /** Random small grids of several chunks per shard, with points in and around them. */
  const cases = fc.record({
    chunk: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
    chunks: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    shards: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    points: fc.array(
      fc.tuple(fc.double({ min: -2, max: 40, noNaN: true }), fc.double({ min: -2, max: 40, noNaN: true })),
      {
        minLength: 1,
        maxLength: 30,
      },
    ),
  });

  it("agree in shardsOf and locate, with several chunks per shard", () => {
    fc.assert(
      fc.property(cases, ({ chunk, chunks, shards, points }) => {
        const shape = [chunk[0] * chunks[0], chunk[1] * chunks[1]] as const;
        const bounds = [0, 0, shape[1] * shards[1], shape[0] * shards[0]];
        const grid = create({
          crs: "EPSG:4326",
          resolution: 1,
          bounds,
          chunk_shape: shape,
          chunk_inner: chunk,
        });
        const lon = Float64Array.from(points, ([x]) => x);
        const lat = Float64Array.from(points, ([, y]) => y);
        const cells = idsAt(grid, lon, lat);
        const keys = new BigUint64Array(points.length);
        grid.shardsOf(lon, lat, keys);
        const found = new Array<number>(points.length).fill(0);
        for (let key = 0n; key < BigInt(shards[0] * shards[1]); key++) {
          const positions = new Int32Array(points.length);
          const inside = grid.locate(key, lon, lat, positions);
          const ids = idsOf(grid, key);
          expect(new Set(ids).size).toBe(shape[0] * shape[1]);
          expect(inside).toBe(positions.filter((position) => position >= 0).length);
          positions.forEach((position, i) => {
            expect(position >= 0).toBe(keys[i] === key);
            if (position < 0) return;
            expect(ids[position]).toBe(cells[i]);
            found[i]! += 1;
          });
        }
        found.forEach((times, i) => expect(times).toBe(cells[i] === NO_ID ? 0 : 1));
      }),
      { numRuns: 200 },
    );
  });

  it("hold their cells chunk by chunk, row by row within a chunk", () => {
    const grid = create({
      crs: "EPSG:4326",
      resolution: 1,
      bounds: [0, 0, 8, 4],
      chunk_shape: [2, 4],
      chunk_inner: [2, 2],
    });
    const lonDeg = Float64Array.of(4.5, 5.5, 4.5, 5.5, 6.5, 7.5, 6.5, 7.5);
    const latDeg = Float64Array.of(1.5, 1.5, 0.5, 0.5, 1.5, 1.5, 0.5, 0.5);
    const positions = new Int32Array(8);
    grid.locate(3n, lonDeg, latDeg, positions);
    expect([...positions]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("are named by row and column", () => {
    expect([0n, 3n].map((key) => create(neonParams).shardLabel(key))).toEqual(["r0c0", "r1c1"]);
  });

  it("are refused when they are not the grid's", () => {
    const grid = create(neonParams);
    for (const key of [4n, NO_ID, -1n]) {
      expect(
        codeOf(() => grid.locate(key, new Float64Array(0), new Float64Array(0), new Int32Array(0))),
      ).toBe("GRID_SHARD_UNKNOWN");
      expect(codeOf(() => grid.shardFootprint(key))).toBe("GRID_SHARD_UNKNOWN");
      expect(codeOf(() => grid.storage.placement(new BigUint64Array(0)).blockIndex(key))).toBe(
        "GRID_SHARD_UNKNOWN",
      );
    }
  });

  it("have no cell coordinates", () => {
    const grid = create(neonParams);
    expect(grid.storage.cellCoordinates).toEqual([]);
    expect(grid.cellCoordinate).toBeUndefined();
  });
});
