/** The founding change, row by row, through the command line: shard maps are reused by their spatial signature. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  configText,
  fieldSets,
  gridTypes,
  makeFolder,
  smallGranules,
  spatialChanges,
  testFolder,
  writeText,
  zagg,
  zaggDone,
  type GridType,
} from "./command.js";

const shared = makeFolder();
const granules = join(shared.path, "granules", "*.h5");
beforeAll(async () => {
  await smallGranules(shared.path);
});
afterAll(shared.remove);

/** Texts of maps by the text of their configuration, each built once; folders of tests lie beside each other, so hrefs hold in all. */
const mapTexts = new Map<string, string>();

/** A map built under a configuration, and both as files. */
async function built(
  type: GridType,
  fields?: string,
): Promise<{ folder: string; config: string; map: string }> {
  const folder = testFolder();
  const text = configText(type, fields);
  const config = writeText(folder, "config.yaml", text);
  const map = join(folder, "map.json");
  const known = mapTexts.get(text);
  if (known === undefined) {
    await zaggDone("shardmap", "build", "--config", config, "--granules", granules, "--out", map);
    mapTexts.set(text, readFileSync(map, "utf8"));
  } else writeText(folder, "map.json", known);
  return { folder, config, map };
}

/** The text of a map with another `grid_signature`. */
function resigned(path: string, signature: unknown): string {
  const text = readFileSync(path, "utf8");
  const start = text.indexOf('"grid_signature":');
  const stop = text.indexOf('"shard_keys":');
  return `${text.slice(0, start)}"grid_signature": ${JSON.stringify(signature)},\n  ${text.slice(stop)}`;
}

async function signature(config: string, ...flags: string[]): Promise<Record<string, unknown>> {
  return JSON.parse((await zaggDone("grid", "signature", "--config", config, ...flags)).stdout) as Record<
    string,
    unknown
  >;
}

const run = (config: string, map: string, store: string, ...flags: string[]) =>
  zagg("run", "--executor", "inline", "--config", config, "--catalog", map, "--store", store, ...flags);

describe.each(gridTypes)("on the %s grid", (type) => {
  it("row 1: maps built under configs that differ only in aggregation are equal but for timings", async () => {
    const [one, two] = [await built(type, fieldSets.heights), await built(type, fieldSets.spread)];
    const timeless = (path: string) => readFileSync(path, "utf8").replace(/"build_wall_s": [\d.]+/, "");
    const moved = (text: string) => text.replaceAll(/"file": "[^"]*\//g, '"file": "');
    expect(moved(timeless(one.map))).toBe(moved(timeless(two.map)));
  });

  it("row 2: the spatial signature has its keys in order and does not change with the aggregation", async () => {
    const folder = testFolder();
    const heights = writeText(folder, "a.yaml", configText(type, fieldSets.heights));
    const spread = writeText(folder, "b.yaml", configText(type, fieldSets.spread));
    const spatial = await signature(heights, "--spatial");
    expect(JSON.stringify(spatial)).toBe(
      {
        healpix:
          '{"type":"healpix","indexing_scheme":"nested","parent_order":8,"child_order":12,"layout":"fullsphere","latitude":"authalic-wgs84"}',
        rectilinear:
          '{"type":"rectilinear","crs":"EPSG:3031","affine":[5000,0,1000000,0,-5000,-600000],"shape":[160,160],"chunk_shape":[40,40]}',
      }[type],
    );
    expect(JSON.stringify(await signature(spread, "--spatial"))).toBe(JSON.stringify(spatial));
  });

  it("row 3: the signature is the spatial signature plus output_fields", async () => {
    const config = writeText(testFolder(), "a.yaml", configText(type));
    const fields = [
      { name: "count", kind: "scalar", trailing_shape: [], inner_shape: [], dtype: "int32" },
      { name: "h_mean", kind: "scalar", trailing_shape: [], inner_shape: [], dtype: "float32" },
    ];
    const whole = { ...(await signature(config, "--spatial")), output_fields: fields };
    expect(JSON.stringify(await signature(config))).toBe(JSON.stringify(whole));
  });

  it("rows 4 and 14: an old map with the full signature runs, whatever its fields were", async () => {
    const { folder, config, map } = await built(type, fieldSets.heights);
    const spatial = await signature(config, "--spatial");
    const stored = {
      equal: (await signature(config))["output_fields"],
      different: [
        { name: "h_tdigest", kind: "ragged", trailing_shape: [], inner_shape: [2], dtype: "float32" },
      ],
      none: [],
    };
    for (const [name, output_fields] of Object.entries(stored)) {
      const old = writeText(
        folder,
        `${name}.json`,
        resigned(map, { ...spatial, output_fields, emit_cell_ids: true }),
      );
      const { status, stderr } = await run(config, old, join(folder, `${name}.zarr`));
      expect([name, status, stderr]).toEqual([name, 0, expect.not.stringContaining("error")]);
    }
  });

  it.each(spatialChanges[type])(
    "row 5: another %s refuses and names the keys",
    async (_change, from, to, keys) => {
      const { folder, map } = await built(type);
      const other = writeText(folder, "other.yaml", configText(type).replace(from, to));
      const { status, stderr } = await run(other, map, join(folder, "out.zarr"));
      expect(status).toBe(2);
      expect(stderr).toContain("SHARDMAP_GRID_MISMATCH");
      const check = await zagg("shardmap", "check", "--config", other, "--shardmap", map, "--json");
      expect(check.status).toBe(2);
      const { verdict, differences } = JSON.parse(check.stdout) as {
        verdict: string;
        differences: { key: string }[];
      };
      expect([verdict, differences.map(({ key }) => key)]).toEqual(["refused", keys]);
      expect(existsSync(join(folder, "out.zarr"))).toBe(false);
    },
  );

  it("row 5: a map of the other family refuses", async () => {
    const { folder, map } = await built(type);
    const other = writeText(folder, "other.yaml", configText(type === "healpix" ? "rectilinear" : "healpix"));
    expect(await run(other, map, join(folder, "out.zarr"))).toMatchObject({
      status: 2,
      stderr: /SHARDMAP_GRID_MISMATCH/,
    });
  });

  it("row 6: a stored signature that lacks a spatial key refuses, but for the younger latitude, which warns", async () => {
    const { folder, config, map } = await built(type);
    const spatial = await signature(config, "--spatial");
    for (const key of Object.keys(spatial)) {
      const { [key]: _left, ...rest } = spatial;
      const lacking = writeText(folder, `${key}.json`, resigned(map, rest));
      const { status, stderr } = await run(config, lacking, join(folder, `${key}.zarr`));
      const expected = key === "latitude" ? [0, "LATITUDE_UNSTATED"] : [2, "SHARDMAP_GRID_MISMATCH"];
      expect([key, status, stderr]).toEqual([key, expected[0], expect.stringContaining(String(expected[1]))]);
      if (key !== "latitude") continue;
      expect(await run(config, lacking, join(folder, "strict.zarr"), "--strict")).toMatchObject({
        status: 2,
      });
    }
  });

  it("row 7: a null signature warns, refuses with --strict, and a map without the key is no shard map", async () => {
    const { folder, config, map } = await built(type);
    const unsigned = writeText(folder, "null.json", resigned(map, null));
    const loose = await run(config, unsigned, join(folder, "loose.zarr"));
    expect(loose).toMatchObject({ status: 0, stderr: expect.stringContaining("SHARDMAP_UNSIGNED") });
    expect(await run(config, unsigned, join(folder, "strict.zarr"), "--strict")).toMatchObject({ status: 2 });
    const text = resigned(map, null).replace('"grid_signature": null,', "");
    const keyless = await run(config, writeText(folder, "keyless.json", text), join(folder, "keyless.zarr"));
    expect(keyless).toMatchObject({ status: 2, stderr: expect.stringContaining("grid_signature") });
  });

  it("row 8: an empty stored signature refuses", async () => {
    const { folder, config, map } = await built(type);
    const empty = writeText(folder, "empty.json", resigned(map, {}));
    expect(await run(config, empty, join(folder, "out.zarr"))).toMatchObject({ status: 2 });
  });

  it("row 9: the refusal shows the projected, the run's and the raw stored signature", async () => {
    const { folder, config, map } = await built(type);
    const old = { ...(await signature(config)), type: "hexagons" };
    const { stderr } = await run(
      config,
      writeText(folder, "old.json", resigned(map, old)),
      join(folder, "out.zarr"),
    );
    expect(stderr).toContain("ShardMap was built for a different grid than this run config.");
    for (const line of [
      "shard map (spatial): ",
      "run config (spatial): ",
      "shard map (raw stored signature): ",
    ]) {
      expect(stderr).toContain(line);
    }
    expect(stderr.match(/output_fields/g)).toHaveLength(1);
  });

  it("row 10: building stores the spatial signature under grid_signature, without output_fields", async () => {
    const { config, map } = await built(type);
    const text = readFileSync(map, "utf8");
    expect(text).not.toContain("output_fields");
    const { gridSignature } = JSON.parse((await zaggDone("shardmap", "info", map, "--json")).stdout) as {
      gridSignature: unknown;
    };
    expect(gridSignature).toEqual(await signature(config, "--spatial"));
  });

  it("row 11: grids of one space nest with equal fields and not with different ones", async () => {
    const folder = testFolder();
    const [a, b, c] = [fieldSets.heights, fieldSets.heights, fieldSets.spread].map((fields, i) =>
      writeText(folder, `${i}.yaml`, configText(type, fields)),
    ) as [string, string, string];
    expect((await zagg("check", a, b)).status).toBe(0);
    expect((await zagg("check", a, c)).status).toBe(2);
    const { pairs } = JSON.parse((await zagg("check", a, b, c, "--json")).stdout) as {
      pairs: { compatible: boolean }[];
    };
    expect(pairs.map(({ compatible }) => compatible)).toEqual([true, false, false]);
  });

  it("row 13: a map built for one aggregation runs the other, both ways, and both stores are complete", async () => {
    const sets = [fieldSets.heights, fieldSets.spread] as const;
    for (const [from, to] of [sets, [...sets].reverse()] as [string, string][]) {
      const { folder, config, map } = await built(type, from);
      const other = writeText(folder, "other.yaml", configText(type, to));
      const observed: number[] = [];
      for (const [name, used] of Object.entries({ own: config, other })) {
        const store = join(folder, `${name}.zarr`);
        const { status, stdout } = await run(used, map, store, "--json");
        expect(status).toBe(0);
        const summary = JSON.parse(stdout) as { completed: boolean; total_obs: number };
        expect(summary.completed).toBe(true);
        observed.push(summary.total_obs);
        const { arrays } = JSON.parse((await zaggDone("inspect", store, "--json")).stdout) as {
          arrays: { path: string; objects: number }[];
        };
        const names = ((used === config ? from : to).match(/^ +(\w+):/gm) ?? []).map((line) =>
          line.trim().slice(0, -1),
        );
        for (const field of names) {
          const stored = arrays.find(({ path }) => path.endsWith(`/${field}`));
          expect([field, (stored?.objects ?? 0) > 0]).toEqual([field, true]);
        }
      }
      expect(observed[0]).toBeGreaterThan(10_000);
      expect(observed[1]).toBe(observed[0]);
    }
  });
});
