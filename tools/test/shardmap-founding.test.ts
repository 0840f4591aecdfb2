/** The statements of the founding change, on every grid we ship. Row 12 and the commands are the runner's and the CLI's. */
import { type AnyGridFactory, type GridPlugin, type JsonObject, type OutputField } from "@zagg/core";
import { regionFromBbox } from "@zagg/sphere";
import { healpix } from "@zagg/grid-healpix";
import { rectilinear } from "@zagg/grid-rectilinear";
import {
  assertShardMapFits,
  buildShardMap,
  checkShardMap,
  parseShardMap,
  serializeShardMap,
} from "@zagg/shardmap";
import { describe, expect, it } from "vitest";

interface Case {
  readonly name: string;
  readonly factory: AnyGridFactory;
  readonly params: JsonObject;
  readonly keys: readonly string[];
  /** Parameters that change the space, and the keys that then differ. */
  readonly changes: readonly (readonly [change: JsonObject, keys: readonly string[]])[];
}

const cases: readonly Case[] = [
  {
    name: "healpix",
    factory: healpix,
    params: { parent_order: 4, child_order: 12, chunk_inner: 6 },
    keys: ["type", "indexing_scheme", "parent_order", "child_order", "layout", "latitude"],
    changes: [
      [{ parent_order: 5 }, ["parent_order"]],
      [{ child_order: 13 }, ["child_order"]],
      [{ latitude: "geodetic" }, ["latitude"]],
      [{ layout: "dense", chunk_inner: null }, ["layout"]],
    ],
  },
  {
    name: "rectilinear",
    factory: rectilinear,
    params: {
      crs: "EPSG:32618",
      resolution: 10000,
      bounds: [0, 4000000, 1000000, 5000000],
      chunk_shape: [25, 25],
    },
    keys: ["type", "crs", "affine", "shape", "chunk_shape"],
    changes: [
      [{ resolution: 5000 }, ["affine", "shape"]],
      [{ bounds: [0, 3750000, 1000000, 5000000] }, ["shape"]],
      [{ bounds: [100, 4000000, 1000100, 5000000] }, ["affine"]],
      [{ chunk_shape: [50, 50] }, ["chunk_shape"]],
      [{ crs: "EPSG:32617" }, ["crs"]],
    ],
  },
];

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
const DIGEST = ["count", "h_tdigest"];
const GAIN_BIAS = ["counts", "gain", "bias"];
const region = regionFromBbox([-80, 37, -74, 41]);
const granules = [-79, -77, -75.5].map((lon, i) => ({
  record: { id: `g${i}.h5`, s3: `s3://bucket/g${i}.h5`, https: null },
  footprint: regionFromBbox([lon, 37.5, lon + 0.1, 40.5]),
}));

describe.each(cases)("the founding change on $name", async ({ factory, params, keys, changes }) => {
  const create = (fields: readonly string[], change: JsonObject = {}): GridPlugin =>
    factory.create({ ...params, ...change } as never, fields.map(field));
  const build = async (grid: GridPlugin) =>
    (await buildShardMap({ grid, granules, region, now: () => 0 })).map;
  const digest = create(DIGEST);
  const map = await build(digest);
  const own = digest.spatialSignature();

  it("row 1: maps of configs that differ only in aggregation are equal", async () => {
    expect(map.granules.flat().length).toBeGreaterThan(2);
    expect(serializeShardMap(await build(create(GAIN_BIAS)))).toBe(serializeShardMap(map));
  });

  it("row 2: the spatial signature has its keys in order, whatever is aggregated", () => {
    expect(Object.keys(own)).toEqual(keys);
    expect(JSON.stringify(create(GAIN_BIAS).spatialSignature())).toBe(JSON.stringify(own));
  });

  it("row 3: the signature is the spatial signature plus output_fields, to the text", () => {
    const { output_fields, ...spatial } = digest.signature();
    expect(JSON.stringify(spatial)).toBe(JSON.stringify(own));
    expect(JSON.stringify(digest.signature())).toBe(JSON.stringify({ ...own, output_fields }));
  });

  it("row 4: spatial-only and full signatures both validate, and extra keys are ignored", () => {
    expect(assertShardMapFits(map, digest)).toEqual([]);
    expect(assertShardMapFits({ gridSignature: digest.signature() as JsonObject }, digest)).toEqual([]);
    expect(assertShardMapFits({ gridSignature: { ...own, emit_cell_ids: false } }, digest)).toEqual([]);
  });

  it.each(changes.map(([change, differing]) => ({ change, differing })))(
    "row 5: $change refuses and names $differing",
    ({ change, differing }) => {
      const check = checkShardMap(map, create(DIGEST, change));
      expect(check.verdict).toBe("refused");
      expect(check.differences.map(({ key }) => key)).toEqual(differing);
    },
  );

  it("row 5: another family refuses, both ways", () => {
    for (const other of cases.filter((one) => one.factory !== factory)) {
      const grid = other.factory.create(other.params as never, []);
      expect(checkShardMap(map, grid).differences.map(({ key }) => key)).toEqual(other.keys);
    }
  });

  it.each(keys.filter((key) => key !== "latitude"))("row 6: a stored signature without %s refuses", (key) => {
    const { [key]: _left, ...gridSignature } = own;
    const check = checkShardMap({ gridSignature }, digest);
    expect(check.verdict).toBe("refused");
    expect(check.differences.find((difference) => difference.key === key)?.missing).toBe(true);
  });

  it("row 7: a null signature warns, and refuses when strict", () => {
    expect(assertShardMapFits({ gridSignature: null }, digest).map(({ code }) => code)).toEqual([
      "SHARDMAP_UNSIGNED",
    ]);
    expect(() => assertShardMapFits({ gridSignature: null }, digest, { strict: true })).toThrow(
      expect.objectContaining({ code: "SHARDMAP_UNSIGNED" }),
    );
  });

  it("row 8: an empty signature refuses", () => {
    expect(checkShardMap({ gridSignature: {} }, digest).verdict).toBe("refused");
  });

  it("row 9: the refusal shows three signatures and lists the differences", () => {
    const [change] = changes[0]!;
    const stored = create(DIGEST, change).signature() as JsonObject;
    expect(() => assertShardMapFits({ gridSignature: stored }, digest)).toThrow(
      expect.objectContaining({
        code: "SHARDMAP_GRID_MISMATCH",
        details: expect.objectContaining({ run: own, stored }) as object,
        message: expect.stringMatching(
          /\(spatial\)[^]*run config \(spatial\)[^]*raw stored signature\).*output_fields/,
        ) as string,
      }),
    );
  });

  it("row 10: a built map stores the spatial signature, and a round trip keeps it", () => {
    const text = serializeShardMap(map);
    expect(JSON.stringify((JSON.parse(text) as { grid_signature: object }).grid_signature)).toBe(
      JSON.stringify(own),
    );
    expect(serializeShardMap(parseShardMap(text))).toBe(text);
  });

  it("row 11: grids of one space nest when their output fields are equal, and not otherwise", () => {
    expect(digest.nestsWith(create(DIGEST))).toBe(true);
    expect(digest.nestsWith(create(GAIN_BIAS))).toBe(false);
  });

  it("row 13: a map of the t-digest config validates the gain/bias config, and the reverse", async () => {
    expect(assertShardMapFits(map, create(GAIN_BIAS))).toEqual([]);
    expect(assertShardMapFits(await build(create(GAIN_BIAS)), digest)).toEqual([]);
  });

  it.each([[DIGEST], [GAIN_BIAS], [[]]])("row 14: an old map with the fields %j is reusable", (fields) => {
    expect(assertShardMapFits({ gridSignature: create(fields).signature() as JsonObject }, digest)).toEqual(
      [],
    );
  });
});

describe("what the real grids add", () => {
  it("row 6: a HEALPix map without latitude warns LATITUDE_UNSTATED, and refuses when strict", () => {
    const grid = healpix.create({ parent_order: 11, child_order: 19 } as never, []);
    const { latitude: _left, ...gridSignature } = grid.spatialSignature();
    expect(assertShardMapFits({ gridSignature }, grid).map(({ code }) => code)).toEqual([
      "LATITUDE_UNSTATED",
    ]);
    expect(() => assertShardMapFits({ gridSignature }, grid, { strict: true })).toThrow(
      expect.objectContaining({ code: "SHARDMAP_GRID_MISMATCH" }),
    );
  });

  it.each(["nonsense", "", null, 32618, ["EPSG:32618"]])(
    "refuses a stored CRS %j instead of failing",
    (crs) => {
      const grid = rectilinear.create({ ...cases[1]!.params } as never, []);
      const gridSignature = { ...grid.spatialSignature(), crs };
      expect(checkShardMap({ gridSignature }, grid).differences.map(({ key }) => key)).toEqual(["crs"]);
    },
  );

  it("takes two spellings of one CRS as equal", () => {
    const grid = rectilinear.create({ ...cases[1]!.params } as never, []);
    const gridSignature = {
      ...grid.spatialSignature(),
      crs: "+proj=utm +zone=18 +datum=WGS84 +units=m +no_defs",
    };
    expect(assertShardMapFits({ gridSignature }, grid)).toEqual([]);
  });
});
