import { readFileSync } from "node:fs";
import { codes, knownEpsgCodes, rectilinear, rectilinearParams } from "../src/index.js";
import { expect, it } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

it("shows an example that runs and says what it says", async () => {
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  expect(example.split("\n").length).toBeLessThan(15);
  const grid = rectilinear.create(
    { crs: "EPSG:3031", resolution: 5000, bounds: [-3.2e6, -3.2e6, 3.2e6, 3.2e6] },
    [],
  );
  const lonDeg = Float64Array.of(0, 90, 0);
  const latDeg = Float64Array.of(-80, -75, 45);
  const shards = new BigUint64Array(3);
  grid.shardsOf(lonDeg, latDeg, shards);
  const positions = new Int32Array(3);
  const inside = grid.locate(7n, lonDeg, latDeg, positions);
  for (const line of [
    "grid.shardsOf(lonDeg, latDeg, shards);",
    "grid.locate(7n, lonDeg, latDeg, positions)",
  ]) {
    expect(example).toContain(line);
  }
  expect(example).toContain(`// ${[...shards].map((id) => `${id}n`).join(", ")}`);
  expect(example).toContain(`// ${inside}`);
});

it("lists every parameter and every error code", () => {
  for (const name of [...Object.keys(rectilinearParams.properties), ...Object.keys(codes)]) {
    expect(readme).toContain(`\`${name}\``);
  }
});

it("counts the EPSG codes right", () => {
  expect(readme).toContain(`${knownEpsgCodes().length} EPSG codes`);
});
