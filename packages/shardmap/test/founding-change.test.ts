/** The statements of the founding change, on a grid that knows nothing of the real ones. Rows 2 and 11 are the grids' own. */
import type { JsonObject, SpatialSignature } from "@zagg/core";
import { describe, expect, it } from "vitest";
import {
  assertShardMapFits,
  buildShardMap,
  checkShardMap,
  parseShardMap,
  serializeShardMap,
  type ShardMap,
} from "../src/index.js";
import { boxFootprint, createTileGrid, field, type TileGridOptions } from "./tile-grid.js";

const region = boxFootprint(-179, -59, 179, 59);
const digest = createTileGrid({ fields: [field("count"), field("h_tdigest")] });
const gainBias = createTileGrid({ fields: [field("gain"), field("bias")] });

async function build(options: TileGridOptions): Promise<ShardMap> {
  const granules = [-100, 5, 100].map((lon, i) => ({
    record: { id: `g${i}`, s3: `s3://b/g${i}`, https: null },
    footprint: boxFootprint(lon, 5, lon + 20, 20),
  }));
  return (await buildShardMap({ grid: createTileGrid(options), granules, region, now: () => 0 })).map;
}

const map = await build({ fields: [field("count")] });
const fullSignature = (fields: string[]): JsonObject =>
  createTileGrid({ fields: fields.map(field) }).signature();

describe("the founding change", () => {
  it("row 1: maps of two configs that differ only in aggregation are equal", async () => {
    expect(serializeShardMap(await build({ fields: [field("gain"), field("bias")] }))).toBe(
      serializeShardMap(map),
    );
  });

  it("row 4: a new spatial-only map and an old map with the full signature both validate", () => {
    expect(checkShardMap(map, digest).verdict).toBe("fits");
    expect(checkShardMap({ gridSignature: fullSignature(["count"]) }, digest).verdict).toBe("fits");
  });

  it("row 4: extra stored keys are ignored", () => {
    const gridSignature = { ...map.gridSignature, emit_cell_ids: true, built_by: "another" };
    expect(checkShardMap({ gridSignature }, digest).verdict).toBe("fits");
  });

  it.each<[string, TileGridOptions]>([
    ["crs", { crs: "EPSG:4326" }],
    ["tile_deg", { tileDeg: 15 }],
    ["origin", { origin: [-180, -90] }],
  ])("row 5: a difference in %s refuses and is named", (key, options) => {
    const check = checkShardMap(map, createTileGrid(options));
    expect(check.verdict).toBe("refused");
    expect(check.differences.map((difference) => difference.key)).toEqual([key]);
  });

  it("row 5: another family refuses", () => {
    const gridSignature = { ...map.gridSignature, type: "healpix" };
    expect(checkShardMap({ gridSignature }, digest).differences.map(({ key }) => key)).toEqual(["type"]);
  });

  it.each(["type", "crs", "tile_deg", "origin"])("row 6: a stored signature without %s refuses", (key) => {
    const { [key]: _left, ...gridSignature } = map.gridSignature!;
    const check = checkShardMap({ gridSignature }, digest);
    expect(check.verdict).toBe("refused");
    expect(check.differences.map((difference) => difference.key)).toContain(key);
  });

  it("row 6: only a key that the grid declares as younger warns instead", () => {
    const { datum: _left, ...gridSignature } = map.gridSignature!;
    const check = checkShardMap({ gridSignature }, digest);
    expect(check.verdict).toBe("fits");
    expect(check.warnings.map(({ code }) => code)).toEqual(["DATUM_UNSTATED"]);
  });

  it("row 7: a null signature is not checked, warns, and refuses when strict", () => {
    const check = checkShardMap({ gridSignature: null }, digest);
    expect(check.verdict).toBe("unchecked");
    expect(check.warnings.map(({ code }) => code)).toEqual(["SHARDMAP_UNSIGNED"]);
    expect(checkShardMap({ gridSignature: null }, digest, { strict: true }).verdict).toBe("refused");
  });

  it("row 7: a file without the key grid_signature is not a shard map", () => {
    expect(() => parseShardMap(`{"shard_keys": [], "granules": []}`)).toThrow(
      "missing required key 'grid_signature'",
    );
  });

  it("row 8: an empty signature passes only against a grid whose own is empty", () => {
    expect(checkShardMap({ gridSignature: {} }, digest).verdict).toBe("refused");
    const spaceless = createTileGrid({ signature: {} as SpatialSignature });
    expect(checkShardMap({ gridSignature: {} }, spaceless).verdict).toBe("fits");
  });

  it("row 9: the message shows all three signatures and the error lists the differences", () => {
    const gridSignature = { ...fullSignature(["count"]), tile_deg: 15 };
    expect(() => assertShardMapFits({ gridSignature }, digest)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /shard map \(spatial\): .*\n {2}run config \(spatial\): .*\n {2}shard map \(raw stored signature\): .*output_fields/,
        ) as string,
        details: expect.objectContaining({
          differences: [expect.objectContaining({ key: "tile_deg" })],
        }) as object,
      }),
    );
  });

  it("row 10: building stores the spatial signature and no output fields, and loading and saving keep it", () => {
    expect(map.gridSignature).toEqual(digest.spatialSignature());
    const text = serializeShardMap(map);
    expect(Object.keys((JSON.parse(text) as { grid_signature: object }).grid_signature)).toEqual(
      Object.keys(digest.spatialSignature()),
    );
    expect(text).not.toContain("output_fields");
    expect(serializeShardMap(parseShardMap(text))).toBe(text);
  });

  it("row 12: the check needs the stored signature and the grid's spatial one, and nothing else of either", () => {
    const { gridSignature } = map;
    const spatial = {
      spatialSignature: () => digest.spatialSignature(),
      signatureRules: digest.signatureRules,
    };
    expect(checkShardMap({ gridSignature }, spatial).verdict).toBe("fits");
  });

  it("row 13: a map built for the t-digest config validates the gain/bias config, and the reverse", async () => {
    expect(
      assertShardMapFits(await build({ fields: [field("count"), field("h_tdigest")] }), gainBias),
    ).toEqual([]);
    expect(assertShardMapFits(await build({ fields: [field("gain"), field("bias")] }), digest)).toEqual([]);
  });

  it.each([[["count", "h_tdigest"]], [["gain"]], [[]]])(
    "row 14: an old map with output fields %j serves a config with others",
    (names) => {
      expect(assertShardMapFits({ gridSignature: fullSignature(names) }, digest)).toEqual([]);
    },
  );
});
