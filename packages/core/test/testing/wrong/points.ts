/** Points that go wrong. */
import type { GridPlugin } from "../../../src/index.js";
import type { WrongGrid } from "./wrong-grid.js";

/** The grid as it sees points that were changed on their way in. */
function seeing(
  grid: GridPlugin,
  see: (lon: number, lat: number) => readonly [number, number],
): Partial<GridPlugin> {
  const seen = (lonDeg: Float64Array, latDeg: Float64Array): readonly [Float64Array, Float64Array] => {
    const pairs = Array.from(lonDeg, (lon, i) => see(lon, latDeg[i]!));
    return [Float64Array.from(pairs, ([lon]) => lon), Float64Array.from(pairs, ([, lat]) => lat)];
  };
  return {
    shardsOf: (lonDeg, latDeg, out) => grid.shardsOf(...seen(lonDeg, latDeg), out),
    locate: (key, lonDeg, latDeg, out) => grid.locate(key, ...seen(lonDeg, latDeg), out),
  };
}

export const wrongPoints: readonly WrongGrid[] = [
  {
    wrong: "loses the north pole",
    law: "holds the points that it is meant to hold, and at least one of those it was given",
    change: (grid) => seeing(grid, (lon, lat) => [lon, lat === 90 ? NaN : lat]),
  },
  {
    wrong: "loses the antimeridian",
    law: "holds the points that it is meant to hold, and at least one of those it was given",
    change: (grid) => seeing(grid, (lon, lat) => [lon >= 180 ? NaN : lon, lat]),
  },
  {
    wrong: "holds nothing",
    law: "holds the points that it is meant to hold, and at least one of those it was given",
    change: (grid) => seeing(grid, () => [NaN, NaN]),
    options: { isInside: () => undefined },
  },
  {
    wrong: "takes longitudes beyond 180 for 180",
    law: "puts a longitude and its whole turns into one cell, unless it says that it does not wrap",
    change: (grid) =>
      seeing(grid, (lon, lat) => [Number.isFinite(lon) ? Math.max(-180, Math.min(180, lon)) : lon, lat]),
  },
  {
    wrong: "says that it does not wrap, and does",
    law: "puts a longitude and its whole turns into one cell, unless it says that it does not wrap",
    options: { wraps: false },
  },
  {
    wrong: "takes NaN for 0",
    law: "keeps points outside that are not finite or beyond a pole",
    change: (grid) => seeing(grid, (lon, lat) => [Number.isNaN(lon) ? 0 : lon, Number.isNaN(lat) ? 0 : lat]),
  },
  {
    wrong: "folds latitudes beyond a pole onto it",
    law: "keeps points outside that are not finite or beyond a pole",
    change: (grid) => seeing(grid, (lon, lat) => [lon, Math.max(-90, Math.min(90, lat))]),
  },
  {
    wrong: "throws at points that are not finite",
    law: "keeps points outside that are not finite or beyond a pole",
    change: (grid) =>
      seeing(grid, (lon, lat) => {
        if (!Number.isFinite(lon) || !Number.isFinite(lat))
          throw new RangeError(`(${lon}, ${lat}) is no point`);
        return [lon, lat];
      }),
  },
  {
    wrong: "writes positions inside the shard only",
    law: "writes its outputs in full and nothing beside them",
    change: (grid) => ({
      locate(key, lonDeg, latDeg, out) {
        const positions = out.slice();
        const inside = grid.locate(key, lonDeg, latDeg, positions);
        positions.forEach((position, i) => {
          if (position >= 0) out[i] = position;
        });
        return inside;
      },
    }),
  },
  {
    wrong: "writes into the memory behind its output",
    law: "writes its outputs in full and nothing beside them",
    change: (grid) => ({
      shardsOf(lonDeg, latDeg, out) {
        const whole = new BigUint64Array(out.buffer);
        grid.shardsOf(lonDeg, latDeg, out);
        whole[whole.length - 1] = 5n;
      },
    }),
  },
  {
    wrong: "cannot take no points",
    law: "takes no points at all",
    change: (grid) => ({
      shardsOf(lonDeg, latDeg, out) {
        if (lonDeg.length === 0) throw new RangeError("no points");
        grid.shardsOf(lonDeg, latDeg, out);
      },
    }),
  },
  {
    wrong: "finds the points of the next shard in every shard",
    law: "locates a point in a shard exactly when shardsOf gives that shard",
    change: (grid) => ({
      locate: (key, lonDeg, latDeg, out) => grid.locate(BigInt((Number(key) + 1) % 48), lonDeg, latDeg, out),
    }),
  },
  {
    wrong: "rounds points to shards otherwise than to positions",
    law: "locates a point in a shard exactly when shardsOf gives that shard",
    change: (grid) => ({
      shardsOf: (lonDeg, latDeg, out) => {
        const moved = lonDeg.map((lon) => lon + 1);
        grid.shardsOf(moved, latDeg, out);
      },
    }),
  },
  {
    wrong: "counts the points it was given",
    law: "counts the points that it locates",
    change: (grid) => ({
      locate(key, lonDeg, latDeg, out) {
        grid.locate(key, lonDeg, latDeg, out);
        return out.length;
      },
    }),
  },
];
