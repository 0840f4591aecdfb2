/** Every key of the configuration's schema is read by something that works with it, or stands in a list with the reason. */
import { configSchema, createGrid, type Json, type JsonSchema, type ZaggConfig } from "@zagg/core";
import { schemaKeys } from "@zagg/core/internal";
import { buildShardMapFromPoints, configBounds } from "@zagg/shardmap";
import { expect, it } from "vitest";
import { recordReads } from "./recorded-reads.js";
import { createConfig, createScene, execute, plan, points } from "./scene.js";
import type { Tables } from "./plugins/table-reader.mjs";

/** Keys that nothing here reads, and why that is right. */
const elsewhere: Readonly<Record<string, string>> = {
  plugins: "the command reads it before a configuration can be validated",
  catalog: "the command reads the shard map of a run there, when no option names one",
  "output.store": "the command takes the place of a run's store from there, when no option names one",
  "data_source.levels.*.link.reference_index": "reserved by the original: the schema takes null alone",
};

/** Six points of two segments; every dataset also as a column of a table of two. */
const rows = points([-175, 0, 1], [-174, 0, 2], [-165, 0, 3], [-164, 0, 4], [-91, 0, 5], [-92, 0, 6]);
const wide = (table: Tables[string]): Tables[string] => ({
  values: Float64Array.from([...table.values].flatMap((value) => [0, Number(value)])),
  width: 2,
});
const granule: Tables = {
  ...rows,
  "/g/lons": wide(rows["/g/lon"]!),
  "/g/lats": wide(rows["/g/lat"]!),
  "/g/hs": wide(rows["/g/h"]!),
  "/g/beg": { values: Int32Array.of(1, 5) },
  "/g/cnt": { values: Int32Array.of(4, 2) },
  "/g/dem": wide({ values: Float32Array.of(10, 20) }),
  "/g/slon": wide({ values: Float64Array.of(-170, -91.5) }),
  "/g/slat": wide({ values: Float64Array.of(0, 0) }),
};
const column = (path: string): Json => ({ path, column: 1 });

/** Configurations that have every mapping and every entry of a list in which the schema lists keys. */
const variants: readonly {
  readonly parts: Parameters<typeof createConfig>[1];
  readonly bounds: Json;
}[] = [
  {
    parts: {
      source: {
        coordinates: {
          latitude: column("/{group}/lats"),
          longitude: column("/{group}/lons"),
          extra: column("/{group}/hs"),
        },
        variables: { h: column("/{group}/hs"), plain: "/{group}/h" },
        filters: [
          { dataset: "/{group}/q", op: "in", values: [0] },
          { dataset: "/{group}/hs", column: 1, op: "ge", value: 0 },
          { expression: "h > 0" },
        ],
        base_level: "points",
        levels: {
          points: { path: "/{group}" },
          segments: {
            path: "/{group}",
            coordinates: { latitude: column("slat"), longitude: column("slon") },
            variables: { dem: column("/{group}/dem") },
            link: { to: "points", index_beg: "beg", count: "cnt", index_base: 1 },
          },
        },
        read_plan: { spatial_index: "segments" },
      },
      variables: {
        n: { function: "count", dtype: "int32", fill_value: 0, attrs: { units: "1" } },
        d: { function: "mean", source: "dem" },
        e: { expression: "h" },
        low: { function: "chunkwise", params: { name: "least" }, resolution: "chunk" },
        pair: { function: "bounds", source: "h", kind: "vector", trailing_shape: 2 },
        all: { function: "listed", source: "h", kind: "ragged", inner_shape: 1 },
      },
      aggregation: {
        coordinates: { cell_ids: { dtype: "uint64", fill_value: 0 } },
        chunk_precompute: {
          least: { function: "mean", source: "h", params: {}, dtype: "float32" },
          most: { expression: "h" },
        },
      },
    },
    bounds: { temporal: { start_date: "2019-01-01", end_date: "2019-12-31" } },
  },
  {
    parts: { source: { quality_filter: { dataset: "/{group}/q", value: 0 } } },
    bounds: {
      spatial: {
        type: "Polygon",
        coordinates: [
          [
            [0, 0],
            [9, 0],
            [9, 9],
            [0, 0],
          ],
        ],
      },
    },
  },
];

/** The paths that a build and a run of each configuration read. */
async function readPaths(): Promise<readonly (readonly string[])[]> {
  const seen = new Set<string>();
  for (const { parts, bounds } of variants) {
    const scene = createScene({ a: granule });
    const { registry } = scene;
    const value = { ...createConfig(scene, parts), bounds };
    const config = recordReads(structuredClone(value), (path) => seen.add(path.join("."))) as ZaggConfig;
    const { map } = await buildShardMapFromPoints({
      grid: createGrid(registry, config),
      sources: registry,
      reader: registry.reader(config.data_source.reader),
      dataSource: config.data_source,
      files: [{ id: "a", href: "table://a", recordHref: "table://a" }],
      ...configBounds(config),
    });
    expect(await execute(scene, plan(scene, config, map))).toMatchObject({ completed: true, cells_error: 0 });
  }
  return [...seen].map((path) => path.split("."));
}

/** The keys of a schema that none of them reads, as dotted paths. */
async function unread(schema: JsonSchema): Promise<readonly string[]> {
  const paths = await (read ??= readPaths());
  return schemaKeys(schema)
    .map(({ path }) => path)
    .filter((key) => !paths.some((path) => matches(path, key)))
    .map((key) => key.join("."));
}

let read: ReturnType<typeof readPaths> | undefined;

function matches(path: readonly string[], key: readonly string[]): boolean {
  return path.length === key.length && key.every((segment, i) => segment === "*" || segment === path[i]);
}

it("every key is read by a build or a run, or listed with the reason why not", async () => {
  expect(await unread(configSchema)).toEqual(
    schemaKeys(configSchema)
      .map(({ path }) => path.join("."))
      .filter((key) => key in elsewhere),
  );
});

it("a key that somebody adds to the schema, and nobody reads, is found", async () => {
  const schema = structuredClone(configSchema) as unknown as { properties: Record<string, JsonSchema> };
  schema.properties["novel"] = { type: "string" };
  const { variables } = schema.properties["aggregation"]!.properties as Record<string, JsonSchema>;
  const entry = variables!.additionalProperties as { properties: Record<string, JsonSchema> };
  entry.properties["smoothing"] = { type: "number" };
  const found = await unread(schema as JsonSchema);
  expect(found.filter((key) => !(key in elsewhere))).toEqual(["aggregation.variables.*.smoothing", "novel"]);
});
