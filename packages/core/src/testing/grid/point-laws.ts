/** Laws of points: one shard, one position. */
import { NO_ID, shardCells } from "../../grid.js";
import type { GridLaw } from "./law.js";
import { invalidPoints, pointText } from "../points.js";
import { columnsOf, pointAt, positionsIn, shardsOfColumns, type GridScene } from "./scene.js";

/** What outputs hold before a grid writes them, and what stands before and after them in memory. */
const STALE = [0, 1_000_003] as const;
const GUARD = 3;
/** A tenth of a millimetre: far more than rounding a longitude by a turn moves it. */
const NUDGE_DEG = 1e-9;

export const pointLaws: readonly GridLaw[] = [
  {
    name: "holds the points that it is meant to hold, and at least one of those it was given",
    check({ points, shards, keys, options: { isInside } }) {
      const none =
        keys.length === 0 ? ["none of the points has a shard; give the contract points inside the grid"] : [];
      return [
        ...none,
        ...findings(shards.length, (i) => {
          const { lonDeg, latDeg } = pointAt(points, i);
          const due = isInside?.(lonDeg, latDeg);
          const held = shards[i] !== NO_ID;
          return due === undefined || due === held
            ? undefined
            : `${at(points, i)} is ${held ? "inside" : "outside"} and should not be`;
        }),
      ];
    },
  },
  {
    name: "keeps points outside that are not finite or beyond a pole",
    check({ grid, keys }) {
      const { lonDeg, latDeg } = columnsOf(invalidPoints);
      const n = lonDeg.length;
      const shards = new BigUint64Array(n);
      grid.shardsOf(lonDeg, latDeg, shards);
      const located = Array.from(keys, (key) => {
        const positions = new Int32Array(n);
        const inside = grid.locate(key, lonDeg, latDeg, positions);
        return { key, positions, inside };
      });
      return [
        ...findings(n, (i) =>
          shards[i] === NO_ID
            ? undefined
            : `${pointText(invalidPoints[i]!)} has the shard ${idText(shards[i]!)}`,
        ),
        ...located.flatMap(({ key, positions, inside }) =>
          findings(n, (i) =>
            positions[i] === -1 && inside === 0
              ? undefined
              : `${pointText(invalidPoints[i]!)} has the position ${positions[i]} in shard ${key}, which counts ${inside}`,
          ),
        ),
      ];
    },
  },
  {
    name: "puts a longitude and its whole turns into one cell, unless it says that it does not wrap",
    check(scene) {
      const { grid, points, shards, positions, options } = scene;
      const { wraps = true } = options;
      const steady = steadyPoints(scene);
      const moved = [360, -360].flatMap((turn) => {
        const turned = { lonDeg: points.lonDeg.map((lon) => lon + turn), latDeg: points.latDeg };
        const shardsThen = shardsOfColumns(grid, turned);
        const positionsThen = positionsIn(grid, turned, shardsThen);
        return findings(shards.length, (i) =>
          (shardsThen[i] === shards[i] && positionsThen[i] === positions[i]) || !steady[i]
            ? undefined
            : `${at(points, i)} has position ${positions[i]} of shard ${idText(shards[i]!)}, and position ${positionsThen[i]} of shard ${idText(shardsThen[i]!)} after a turn of ${turn}`,
        );
      });
      if (wraps) return moved;
      return moved.length > 0 ? [] : ["it says that it does not wrap, and no point moves with a turn"];
    },
  },
  {
    name: "writes its outputs in full and nothing beside them",
    check({ grid, points, shards, keys }) {
      const n = shards.length;
      const ids = (
        stale: number,
        write: (out: BigUint64Array) => void,
        due: BigUint64Array,
        what: string,
      ) => {
        const memory = new BigUint64Array(n + 2 * GUARD).fill(BigInt(stale));
        write(memory.subarray(GUARD, GUARD + n));
        return compare(memory, due, BigInt(stale), what);
      };
      const compare = (
        memory: Int32Array | BigUint64Array,
        due: Int32Array | BigUint64Array,
        stale: number | bigint,
        what: string,
      ) =>
        findings(memory.length, (i) => {
          const beside = i < GUARD || i >= GUARD + n;
          const expected = beside ? stale : due[i - GUARD];
          if (memory[i] === expected) return undefined;
          return beside
            ? `${what} writes beside its output`
            : `${what} leaves ${memory[i]} for ${at(points, i - GUARD)}, where ${expected} is due`;
        });
      return STALE.flatMap((stale) => [
        ...ids(stale, (out) => grid.shardsOf(points.lonDeg, points.latDeg, out), shards, "shardsOf"),
        ...Array.from(keys).flatMap((key) => {
          const due = new Int32Array(n).fill(-2);
          grid.locate(key, points.lonDeg, points.latDeg, due);
          const memory = new Int32Array(n + 2 * GUARD).fill(stale);
          grid.locate(key, points.lonDeg, points.latDeg, memory.subarray(GUARD, GUARD + n));
          return compare(memory, due, stale, `locate in shard ${key}`);
        }),
      ]);
    },
  },
  {
    name: "takes no points at all",
    check({ grid, keys }) {
      const none = new Float64Array(0);
      grid.shardsOf(none, none, new BigUint64Array(0));
      return Array.from(keys)
        .filter((key) => grid.locate(key, none, none, new Int32Array(0)) !== 0)
        .map((key) => `locate in shard ${key} counts points where there are none`);
    },
  },
  {
    name: "locates a point in a shard exactly when shardsOf gives that shard",
    check({ grid, points, shards, keys }) {
      return Array.from(keys).flatMap((key) => {
        const positions = new Int32Array(shards.length).fill(-2);
        grid.locate(key, points.lonDeg, points.latDeg, positions);
        return findings(shards.length, (i) => {
          const position = positions[i]!;
          const isPosition = position >= 0 ? position < shardCells(grid.storage) : position === -1;
          return isPosition && position >= 0 === (shards[i] === key)
            ? undefined
            : `${at(points, i)} of shard ${idText(shards[i]!)} has the position ${position} in shard ${key}`;
        });
      });
    },
  },
  {
    name: "counts the points that it locates",
    check({ grid, points, keys }) {
      return Array.from(keys).flatMap((key) => {
        const positions = new Int32Array(points.lonDeg.length);
        const counted = grid.locate(key, points.lonDeg, points.latDeg, positions);
        const located = positions.reduce((sum, position) => sum + (position >= 0 ? 1 : 0), 0);
        return counted === located
          ? []
          : [`locate in shard ${key} returns ${counted} and locates ${located}`];
      });
    },
  },
];

/** A finding an index, where there is one. */
export function findings(n: number, find: (i: number) => string | undefined): string[] {
  return Array.from({ length: n }, (_, i) => find(i)).filter((finding) => finding !== undefined);
}

/** An id, or that there is none. */
export function idText(id: bigint): string {
  return id === NO_ID ? "NO_ID" : String(id);
}

/** Points that keep their cell when they are moved by {@link NUDGE_DEG}, so that rounding does not decide on it. */
export function steadyPoints({ grid, points, shards, positions }: GridScene): boolean[] {
  const steady = new Array<boolean>(shards.length).fill(true);
  for (const [east, north] of [
    [NUDGE_DEG, 0],
    [-NUDGE_DEG, 0],
    [0, NUDGE_DEG],
    [0, -NUDGE_DEG],
  ] as const) {
    const nudged = {
      lonDeg: points.lonDeg.map((lon) => lon + east),
      latDeg: points.latDeg.map((lat) => Math.max(-90, Math.min(90, lat + north))),
    };
    const shardsThen = shardsOfColumns(grid, nudged);
    positionsIn(grid, nudged, shardsThen).forEach((position, i) => {
      if (shardsThen[i] !== shards[i] || position !== positions[i]) steady[i] = false;
    });
  }
  return steady;
}

function at(points: Parameters<typeof pointAt>[0], i: number): string {
  return pointText(pointAt(points, i));
}
