/** Laws of points: one cell, one shard, one position. */
import { NO_ID, shardCells } from "../../grid.js";
import type { GridLaw } from "./law.js";
import { invalidPoints, pointText } from "../points.js";
import { columnsOf, pointAt, type GridScene } from "./scene.js";

/** What outputs hold before a grid writes them, and what stands before and after them in memory. */
const STALE = [0, 1_000_003] as const;
const GUARD = 3;
/** A tenth of a millimetre: far more than rounding a longitude by a turn moves it. */
const NUDGE_DEG = 1e-9;

export const pointLaws: readonly GridLaw[] = [
  {
    name: "gives a point a cell exactly when it gives it a shard, and every cell one shard",
    check({ points, cells, shards }) {
      const shardOf = new Map<bigint, { shard: bigint; i: number }>();
      return findings(cells.length, (i) => {
        const [cell, shard] = [cells[i]!, shards[i]!];
        if ((cell === NO_ID) !== (shard === NO_ID)) {
          return `${at(points, i)} has the cell ${idText(cell)} and the shard ${idText(shard)}`;
        }
        const first = shardOf.get(cell);
        if (first === undefined) shardOf.set(cell, { shard, i });
        else if (first.shard !== shard) {
          return `cell ${cell} is in shard ${first.shard} at ${at(points, first.i)} and in shard ${shard} at ${at(points, i)}`;
        }
        return undefined;
      });
    },
  },
  {
    name: "holds the points that it is meant to hold, and at least one of those it was given",
    check({ points, cells, keys, options: { isInside } }) {
      const none =
        keys.length === 0 ? ["none of the points has a cell; give the contract points inside the grid"] : [];
      return [
        ...none,
        ...findings(cells.length, (i) => {
          const { lonDeg, latDeg } = pointAt(points, i);
          const due = isInside?.(lonDeg, latDeg);
          const held = cells[i] !== NO_ID;
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
      const [cells, shards] = [new BigUint64Array(n), new BigUint64Array(n)];
      grid.assign(lonDeg, latDeg, cells);
      grid.shardsOf(lonDeg, latDeg, shards);
      const located = Array.from(keys, (key) => {
        const positions = new Int32Array(n);
        const inside = grid.locate(key, lonDeg, latDeg, positions);
        return { key, positions, inside };
      });
      return [
        ...findings(n, (i) =>
          cells[i] === NO_ID && shards[i] === NO_ID
            ? undefined
            : `${pointText(invalidPoints[i]!)} has the cell ${idText(cells[i]!)} and the shard ${idText(shards[i]!)}`,
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
      const { grid, points, cells, options } = scene;
      const { wraps = true } = options;
      const steady = steadyPoints(scene);
      const moved = [360, -360].flatMap((turn) => {
        const out = new BigUint64Array(cells.length);
        const lonDeg = points.lonDeg.map((lon) => lon + turn);
        grid.assign(lonDeg, points.latDeg, out);
        return findings(cells.length, (i) =>
          out[i] === cells[i] || !steady[i]
            ? undefined
            : `${at(points, i)} has the cell ${idText(cells[i]!)}, and ${idText(out[i]!)} after a turn of ${turn}`,
        );
      });
      if (wraps) return moved;
      return moved.length > 0 ? [] : ["it says that it does not wrap, and no point moves with a turn"];
    },
  },
  {
    name: "writes its outputs in full and nothing beside them",
    check({ grid, points, cells, shards, keys }) {
      const n = cells.length;
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
        ...ids(stale, (out) => grid.assign(points.lonDeg, points.latDeg, out), cells, "assign"),
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
      grid.assign(none, none, new BigUint64Array(0));
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
    name: "locates a point at the position of the cell that assign gives",
    check({ grid, points, cells, shards, keys }) {
      return Array.from(keys).flatMap((key) => {
        const positions = new Int32Array(cells.length);
        grid.locate(key, points.lonDeg, points.latDeg, positions);
        const ids = grid.cellsOf(key);
        return findings(cells.length, (i) => {
          const there = ids[positions[i]!];
          return shards[i] !== key || there === cells[i]
            ? undefined
            : `${at(points, i)} of cell ${cells[i]} has the position ${positions[i]} in shard ${key}, where cell ${there} is`;
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
function steadyPoints({ grid, points, cells }: GridScene): boolean[] {
  const steady = new Array<boolean>(cells.length).fill(true);
  const out = new BigUint64Array(cells.length);
  for (const [east, north] of [
    [NUDGE_DEG, 0],
    [-NUDGE_DEG, 0],
    [0, NUDGE_DEG],
    [0, -NUDGE_DEG],
  ] as const) {
    const lonDeg = points.lonDeg.map((lon) => lon + east);
    const latDeg = points.latDeg.map((lat) => Math.max(-90, Math.min(90, lat + north)));
    grid.assign(lonDeg, latDeg, out);
    out.forEach((id, i) => {
      if (id !== cells[i]) steady[i] = false;
    });
  }
  return steady;
}

function at(points: Parameters<typeof pointAt>[0], i: number): string {
  return pointText(pointAt(points, i));
}
