/** Granules that say where their blocks lie, and what is asked of granules at once. */
import { createRegistry, type Granule, type GranuleReader, type Region, type RowBlock } from "@zagg/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxMeetsCap } from "../src/shard/read/near-blocks.js";
import { together } from "../src/shard/read/together.js";
import { aggregators, greater } from "./plugins/aggregators.mjs";
import { FIRST_KEY, boxes } from "./plugins/boxes-grid.mjs";
import { memoryDisk, memoryStore } from "./plugins/memory-store.mjs";
import { rawFormat } from "./plugins/raw-format.mjs";
import { tableReader, tableSource, type Tables } from "./plugins/table-reader.mjs";
import { block, createConfig, createMap, execute, plan, points } from "./scene.js";

const RADIANS = Math.PI / 180;
const ROWS = 400;
const BLOCK_ROWS = 25;

/** A track around the globe: each block of rows is in one or two of the four shards. */
const track = points(
  ...Array.from({ length: ROWS }, (_, row) => [(row / ROWS) * 360 - 180, 10, row % 7] as const),
);

/** The boxes, of which each says that it lies between 5° and 15° north: small enough for a cap. */
const lowBoxes: typeof boxes = {
  ...boxes,
  create(params, fields) {
    const grid = boxes.create(params, fields);
    const shardFootprint = (key: bigint): Region => {
      const west = 90 * Number(key - FIRST_KEY) - 180;
      const lonDeg = Float64Array.of(west, west + 90, west + 90, west);
      return [[{ lonDeg, latDeg: Float64Array.of(5, 5, 15, 15) }]];
    };
    return { ...grid, shardFootprint };
  },
};

interface Log {
  readonly describeMany: number[];
  readonly readMany: number[];
}

/** The reader of tables, with blocks that it is given, and a log of how many are asked for at once. */
function blockReader(blocks: Granule["blocks"], tables: Tables, log: Log): GranuleReader {
  const reader = tableReader(() => tables);
  return {
    ...reader,
    async open(source) {
      const granule = await reader.open(source);
      return {
        ...granule,
        describeMany: (paths) => (log.describeMany.push(paths.length), granule.describeMany(paths)),
        readMany: (requests) => (log.readMany.push(requests.length), granule.readMany(requests)),
        readExact: (requests) => (log.readMany.push(requests.length), granule.readExact!(requests)),
        ...(blocks === undefined ? {} : { blocks }),
      };
    },
  };
}

function blocksOf(tables: Tables): readonly RowBlock[] {
  const lon = tables["/g/lon"]!.values as Float64Array;
  const starts = Array.from({ length: ROWS / BLOCK_ROWS }, (_, i) => i * BLOCK_ROWS);
  return starts.map((start, i) => {
    const some = Array.from(lon.subarray(start, start + BLOCK_ROWS));
    const bbox = [Math.min(...some), 10, Math.max(...some), 10] as const;
    return { start, stop: start + BLOCK_ROWS, bbox: i === 3 ? null : bbox };
  });
}

async function run(blocks: Granule["blocks"], tables: Tables = track) {
  const disk = memoryDisk();
  const log: Log = { describeMany: [], readMany: [] };
  const reader = blockReader(blocks, tables, log);
  const registry = createRegistry([
    lowBoxes,
    tableSource,
    reader,
    memoryStore(disk),
    rawFormat,
    greater,
    ...aggregators,
  ]);
  const config = createConfig({ registry });
  const shardMap = createMap({ 0: ["a"], 1: ["a"], 2: ["a"], 3: ["a"] });
  const summary = await execute({ registry }, plan({ registry }, config, shardMap));
  return { summary, disk, log };
}

describe("a granule that says where its blocks lie", () => {
  it("gives the same values, and only blocks near a shard are read", async () => {
    const whole = await run(undefined);
    const told: string[] = [];
    const near = await run(async ({ latitude, longitude }) => {
      told.push(`${latitude} ${longitude}`);
      return blocksOf(track);
    });
    for (const path of ["n", "h_mean"]) {
      const bytes = block(near, `${path}/0`, Uint8Array);
      expect(bytes).toEqual(block(whole, `${path}/0`, Uint8Array));
    }
    expect(near.disk).toEqual(whole.disk);
    expect(near.summary.total_obs).toBe(ROWS);
    expect(told).toEqual(["/g/lat /g/lon"]);
    const { rows, rows_held: held } = near.summary.read;
    expect(held).toBe(4 * ROWS);
    // Of each shard those within its cap, a block at each end, and the one of unknown place.
    expect(whole.summary.read.rows).toBe(4 * ROWS);
    expect(rows).toBeLessThan(2.6 * ROWS);
  });

  it("and of a group does not know is read whole", async () => {
    const whole = await run(undefined);
    const unknown = await run(async () => null);
    expect(unknown.summary.read).toEqual(whole.summary.read);
    expect(unknown.disk).toEqual(whole.disk);
  });

  it("and leaves out rows is left out itself, by name", async () => {
    const { summary } = await run(async () => blocksOf(track).slice(1));
    expect(summary.granules.skipped[0]?.error.code).toBe("GRANULE_INCONSISTENT");
  });
});

describe("what a step needs", () => {
  it("is asked for at once: a group is described in one request, a stretch read in one per step", async () => {
    const { log } = await run(undefined);
    expect(new Set(log.describeMany)).toEqual(new Set([3]));
    expect(log.describeMany).toHaveLength(4);
    expect(new Set(log.readMany)).toEqual(new Set([2, 1]));
  });

  it("is asked alone where it fails with others, and only if it is needed", async () => {
    const asked: number[][] = [];
    const [good, bad] = together([1, 2], async (questions) => {
      asked.push([...questions]);
      if (questions.includes(2)) throw new Error("damaged");
      return questions.map((question) => question * 10);
    });
    expect(await good!()).toBe(10);
    expect(asked).toEqual([[1, 2], [1]]);
    await expect(bad!()).rejects.toThrow("damaged");
  });
});

describe("a box", () => {
  it("that holds a point of a cap meets it", () => {
    const angle = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(angle, angle, angle, angle, angle, angle, angle, (...parts) => {
        const [a, b, c, d, e, f, g] = parts as [number, number, number, number, number, number, number];
        const [west, width] = [a * 360 - 180, b * b * 360];
        const south = c * 180 - 90;
        const north = south + d * (90 - south);
        const east = west + width > 180 ? west + width - 360 : west + width;
        // A point of the box, and a cap that holds it.
        const [lon, lat] = [(west + e * width) * RADIANS, (south + f * (north - south)) * RADIANS];
        const point = [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)] as const;
        const [lon0, lat0] = [g * 360 * RADIANS, (e * 180 - 90) * RADIANS];
        const centre = {
          x: Math.cos(lat0) * Math.cos(lon0),
          y: Math.cos(lat0) * Math.sin(lon0),
          z: Math.sin(lat0),
        };
        const radius = Math.hypot(point[0] - centre.x, point[1] - centre.y, point[2] - centre.z) + 1e-7;
        if (width >= 360) return;
        expect(boxMeetsCap([west, south, east, north], { ...centre, radius })).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("away from a cap does not meet it, across the antimeridian and at a pole too", () => {
    const cap = (lonDeg: number, latDeg: number, degrees: number) => ({
      x: Math.cos(latDeg * RADIANS) * Math.cos(lonDeg * RADIANS),
      y: Math.cos(latDeg * RADIANS) * Math.sin(lonDeg * RADIANS),
      z: Math.sin(latDeg * RADIANS),
      radius: 2 * Math.sin((degrees * RADIANS) / 2),
    });
    expect(boxMeetsCap([170, -5, -170, 5], cap(0, 0, 168.7))).toBe(false);
    expect(boxMeetsCap([170, -5, -170, 5], cap(0, 0, 169))).toBe(true);
    expect(boxMeetsCap([-20, 80, 20, 90], cap(180, 85, 4.9))).toBe(false);
    expect(boxMeetsCap([-20, 80, 20, 90], cap(180, 85, 5.1))).toBe(true);
    expect(boxMeetsCap([NaN, 0, 1, 1], cap(180, 0, 1))).toBe(true);
  });
});
