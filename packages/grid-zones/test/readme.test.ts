import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as api from "../src/index.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const { zones } = api;

/** The example as it stands in the README; a test compares the two. */
function example(): readonly unknown[] {
  const triangle = [
    [-60, -75],
    [-50, -75],
    [-60, -70],
  ];
  const basin = { type: "Feature", id: "A", geometry: { type: "Polygon", coordinates: [triangle] } };
  const grid = zones.create({ geojson: { type: "FeatureCollection", features: [basin] } }, []);
  const shards = new BigUint64Array(2);
  grid.shardsOf(Float64Array.of(-58, 0), Float64Array.of(-74, -74), shards); // 0n, 18446744073709551615n
  grid.shardLabel(0n); // A
  return [shards, grid];
}

describe("the README", () => {
  it("has an example that gives what its comments say", () => {
    const source = readFileSync(new URL(import.meta.url), "utf8");
    const body = /unknown\[\] \{\n([\s\S]*?) {2}return/.exec(source)?.[1]?.replace(/^ {2}/gm, "");
    expect(/```ts\n([\s\S]*?)```/.exec(readme)?.[1]).toBe(
      `import { zones } from "@zagg/grid-zones";\n\n${body ?? ""}`,
    );
    const [shards, grid] = example() as readonly [BigUint64Array, ReturnType<typeof zones.create>];
    const shown = [...readme.matchAll(/; \/\/ (.*)$/gm)].map(([, text]) => text);
    expect([Array.from(shards, (id) => `${id}n`).join(", "), grid.shardLabel(0n)]).toEqual(shown);
  });

  it("lists every export, parameter and code", () => {
    const names = [
      ...Object.keys(api),
      ...Object.keys(api.zonesParams.properties),
      ...Object.keys(api.codes),
    ];
    for (const name of names) expect(readme).toContain(`\`${name}\``);
  });
});
