import { isCodedError, type CodedError, type Json, type JsonObject, type SpatialSignature } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assertShardMapFits, checkShardMap, explainCheck, parseShardMap } from "../src/index.js";
import { createTileGrid } from "./tile-grid.js";

const grid = createTileGrid();
const own: JsonObject = grid.spatialSignature();
const { datum: _datum, ...withoutDatum } = own;
const { crs: _crs, ...withoutCrs } = own;

const check = (gridSignature: JsonObject | null, strict = false) =>
  checkShardMap({ gridSignature }, grid, { strict });

/** The verdict on one key whose stored and own values are these. */
function verdictOn(stored: Json, value: Json): string {
  const one = createTileGrid({ signature: { type: "tiles", value } as SpatialSignature });
  return checkShardMap({ gridSignature: { type: "tiles", value: stored } }, one).verdict;
}

function refusal(gridSignature: JsonObject | null, strict = false): CodedError {
  try {
    assertShardMapFits({ gridSignature }, grid, { strict });
  } catch (error) {
    if (isCodedError(error)) return error;
    throw error;
  }
  throw new Error("was not refused");
}

describe("the comparison", () => {
  it("takes 10 and 10.0 as equal, as read from a file", () => {
    const text = `{"grid_signature": {"type": "tiles", "value": [10.0, 1e1]}, "shard_keys": [], "granules": []}`;
    const one = createTileGrid({ signature: { type: "tiles", value: [10, 10] } as SpatialSignature });
    expect(checkShardMap(parseShardMap(text), one).verdict).toBe("fits");
  });

  it("takes -0 and 0 as equal", () => {
    expect(verdictOn([-0], [0])).toBe("fits");
  });

  it("minds the order of a list and its length", () => {
    expect(verdictOn([1, 2], [2, 1])).toBe("refused");
    expect(verdictOn([1, 2, 3], [1, 2])).toBe("refused");
    expect(verdictOn([1, 2], [1, 2, 3])).toBe("refused");
  });

  it("does not mind the order of an object's keys, but minds the keys", () => {
    expect(verdictOn({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe("fits");
    expect(verdictOn({ a: 1 }, { a: 1, b: 2 })).toBe("refused");
    expect(verdictOn({ a: 1, b: null }, { a: 1, c: null })).toBe("refused");
  });

  it.each<[Json, Json]>([
    ["10", 10],
    [1, true],
    [0, false],
    [null, 0],
    ["", null],
    [[], {}],
    [[1], { 0: 1 }],
    [0.1 + 0.2, 0.3],
  ])("takes %j and %j as different", (stored, value) => {
    expect(verdictOn(stored, value)).toBe("refused");
  });

  it("holds any signature equal to itself", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(verdictOn(structuredClone(value) as Json, value as Json)).toBe("fits");
      }),
    );
  });

  it("lets the grid say which values mean the same", () => {
    expect(check({ ...own, crs: "CRS84" }).verdict).toBe("fits");
    expect(check({ ...own, crs: "EPSG:3031" }).verdict).toBe("refused");
  });

  it("does not ask the grid about a key that the map lacks", () => {
    const asked: string[] = [];
    const signatureRules = { youngerKeys: {}, equal: (key: string) => asked.push(key) > 0 };
    const result = checkShardMap(
      { gridSignature: withoutCrs },
      { spatialSignature: () => grid.spatialSignature(), signatureRules },
    );
    expect(result.verdict).toBe("refused");
    expect(asked).toEqual([]);
  });
});

describe("the answer as data", () => {
  it("lists each differing key with both values", () => {
    const { verdict, differences } = check({ ...own, tile_deg: 15, origin: [0, 0] });
    expect(verdict).toBe("refused");
    expect(differences).toEqual([
      { key: "tile_deg", shardMap: 15, run: 30, missing: false },
      { key: "origin", shardMap: [0, 0], run: [-180, -60], missing: false },
    ]);
  });

  it("shows the stored, the projected and the run's signature", () => {
    const stored = { ...withoutCrs, output_fields: [] };
    const result = check(stored);
    expect(result.stored).toEqual(stored);
    expect(result.run).toEqual(own);
    expect(result.projected).toEqual({ ...own, crs: null });
    expect(Object.keys(result.projected!)).toEqual(Object.keys(own));
  });

  it("tells a key that is missing from one that is null", () => {
    expect(check(withoutCrs).differences).toEqual([
      { key: "crs", shardMap: null, run: "OGC:CRS84", missing: true },
    ]);
    expect(check({ ...own, crs: null }).differences[0]!.missing).toBe(false);
  });

  it("does not take inherited names for stored keys", () => {
    const one = createTileGrid({
      signature: { type: "tiles", constructor: null, valueOf: null } as SpatialSignature,
    });
    expect(
      checkShardMap({ gridSignature: { type: "tiles" } }, one).differences.map(({ key }) => key),
    ).toEqual(["constructor", "valueOf"]);
  });

  it("warns of a younger key under the grid's own code, and refuses it when strict", () => {
    const lenient = check(withoutDatum);
    expect(lenient.verdict).toBe("fits");
    expect(lenient.warnings.map(({ code }) => code)).toEqual(["DATUM_UNSTATED"]);
    expect(lenient.warnings[0]!.what).toContain(`"wgs84"`);
    const strict = check(withoutDatum, true);
    expect(strict.verdict).toBe("refused");
    expect(strict.differences.map(({ key }) => key)).toEqual(["datum"]);
  });

  it("compares a younger key that the map does state", () => {
    expect(check({ ...own, datum: "sphere" }).verdict).toBe("refused");
    expect(check(own).warnings).toEqual([]);
  });

  it("does not excuse a younger key of another family", () => {
    const { differences, warnings } = check({ type: "healpix" });
    expect(differences.map(({ key }) => key)).toEqual(["type", "crs", "tile_deg", "origin", "datum"]);
    expect(warnings).toEqual([]);
  });
});

describe("the refusal", () => {
  it("carries differences, projected, run and stored signatures", () => {
    const stored = { ...own, tile_deg: 15, output_fields: [] };
    const error = refusal(stored);
    expect(error.name).toBe("ShardMapError");
    expect(error.code).toBe("SHARDMAP_GRID_MISMATCH");
    expect(error.details).toEqual({
      differences: [{ key: "tile_deg", shardMap: 15, run: 30, missing: false }],
      projected: { ...own, tile_deg: 15 },
      run: own,
      stored,
    });
  });

  it("opens with the lines of the original", () => {
    const stored = { ...own, tile_deg: 15, output_fields: ["[ x ]"] };
    const lines = [
      "ShardMap was built for a different grid than this run config.",
      `  shard map (spatial): {"type": "tiles", "crs": "OGC:CRS84", "tile_deg": 15, "origin": [-180, -60], "datum": "wgs84"}`,
      `  run config (spatial): {"type": "tiles", "crs": "OGC:CRS84", "tile_deg": 30, "origin": [-180, -60], "datum": "wgs84"}`,
      `  shard map (raw stored signature): {"type": "tiles", "crs": "OGC:CRS84", "tile_deg": 15, "origin": [-180, -60], "datum": "wgs84", "output_fields": ["[ x ]"]}`,
    ];
    expect(refusal(stored).message.split("\n").slice(0, 3)).toEqual(lines.slice(0, 3));
    expect(refusal(stored).message).toContain(lines[3]!);
    expect(explainCheck(check(stored)).split("\n")).toEqual([
      lines[0],
      "They differ in:",
      "  tile_deg: 15 in the shard map, 30 in the run config",
      "Their signatures:",
      ...lines.slice(1),
      "To mend it, one of:",
      expect.stringContaining("zagg shardmap rekey"),
      expect.stringContaining("zagg shardmap build"),
      expect.stringContaining("output.grid"),
    ]);
  });

  it("advises to rekey only what is of the same family", () => {
    expect(refusal({ ...own, tile_deg: 15 }).mend).toContain("zagg shardmap rekey");
    expect(refusal({ ...own, type: "healpix" }).mend).not.toContain("rekey");
    expect(explainCheck(check({ ...own, type: "healpix" }))).not.toContain("rekey");
  });

  it("returns the warnings of a map that may be used", () => {
    expect(assertShardMapFits({ gridSignature: own }, grid)).toEqual([]);
    expect(assertShardMapFits({ gridSignature: null }, grid).map(({ code }) => code)).toEqual([
      "SHARDMAP_UNSIGNED",
    ]);
  });

  it("is SHARDMAP_UNSIGNED for a map without signature when strict", () => {
    expect(refusal(null, true).code).toBe("SHARDMAP_UNSIGNED");
  });

  it("is SHARDMAP_GRID_MISMATCH for a map without a younger key when strict", () => {
    expect(refusal(withoutDatum, true).code).toBe("SHARDMAP_GRID_MISMATCH");
  });

  it("survives a JSON round trip", () => {
    const error = refusal({ ...own, tile_deg: 15 });
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      code: "SHARDMAP_GRID_MISMATCH",
      details: error.details,
    });
  });
});

describe("the explanation", () => {
  it("says that a map fits, with its warnings", () => {
    expect(explainCheck(check(own))).toBe("The shard map fits this run config.");
    expect(explainCheck(check(withoutDatum))).toContain("DATUM_UNSTATED");
  });

  it("says that an unsigned map was not checked, or was refused", () => {
    expect(explainCheck(check(null))).toMatch(/not checked[^]*SHARDMAP_UNSIGNED/);
    expect(explainCheck(check(null, true))).toMatch(/refused[^]*SHARDMAP_UNSIGNED/);
  });

  it("names a missing key as missing", () => {
    expect(explainCheck(check(withoutCrs))).toContain(
      `  crs: not in the shard map, "OGC:CRS84" in the run config`,
    );
  });
});
