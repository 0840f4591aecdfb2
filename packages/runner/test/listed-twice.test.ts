import { createShardMap } from "@zagg/shardmap";
import { describe, expect, it } from "vitest";
import { FIRST_KEY } from "./plugins/boxes-grid.mjs";
import { SIGNATURE, createConfig, createMap, createScene, plan } from "./scene.js";

const scene = createScene();
const config = createConfig(scene);

describe("planning", () => {
  it("warns once of granules that a shard lists more than once, by id or by href", () => {
    const record = (id: string, file: string) => ({ id, s3: null, https: null, file: `table://${file}` });
    const repeating = createShardMap({
      metadata: {},
      gridSignature: SIGNATURE,
      shardKeys: BigUint64Array.of(FIRST_KEY, FIRST_KEY + 1n, FIRST_KEY + 2n),
      granules: [
        [record("a", "a"), record("b", "b"), record("a", "a"), record("a", "elsewhere/a")],
        [record("a", "a"), record("b", "b")],
        [record("b", "b"), record("again", "b")],
      ],
    });
    const { warnings } = plan(scene, config, repeating);
    expect(warnings.map(({ code }) => code)).toEqual(["GRANULE_LISTED_TWICE"]);
    expect(warnings[0]?.what).toContain(
      "shard 9223372036854775808 lists more than once: a; shards that repeat granules: 2",
    );
    expect(warnings[0]?.details).toEqual({
      shards: [
        { shard_key: "9223372036854775808", granules: ["a"] },
        { shard_key: "9223372036854775810", granules: ["again"] },
      ],
    });
    expect(plan(scene, config, repeating, { cell: "box1" }).warnings).toEqual([]);

    const ids = ["a", "b", "c", "d", "e"];
    const [warning] = plan(scene, config, createMap({ 0: [...ids, ...ids] })).warnings;
    expect(warning?.what).toMatch(/more than once: a, b, c and 2 more granules$/);
  });
});
