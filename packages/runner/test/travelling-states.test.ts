/** Shards whose partial results leave memory between one block of rows and the next. */
import {
  type AnyAggregator,
  type BoundField,
  type EncodedState,
  type PartialField,
  type RaggedCells,
  type TypedArray,
} from "@zagg/core";
import { expect, it } from "vitest";
import { STORE, createConfig, createMap, createScene, execute, plan, points } from "./scene.js";

type Constructor = new (buffer: ArrayBuffer) => TypedArray;

/** A state outside memory: bytes, and how to read them. */
interface Stored {
  readonly cells: number;
  arrays: readonly (readonly [name: string, type: Constructor, bytes: Uint8Array<ArrayBuffer>])[];
}

let journeys = 0;

/** An aggregator whose states are bytes between any two calls, as if another process added each block. */
function travelling(aggregator: AnyAggregator): AnyAggregator {
  return {
    ...aggregator,
    bind(request: never): BoundField {
      const bound = aggregator.bind(request);
      if (bound.partial === undefined) return bound;
      const partial = bound.partial as PartialField;
      const finish = bound.partial.finish.bind(bound.partial) as (
        state: unknown,
        out: Float64Array,
      ) => RaggedCells;
      const stored = (cells: number, state: unknown): Stored => ({
        cells,
        arrays: Object.entries<TypedArray>(partial.encode(state)).map(([name, array]) => [
          name,
          array.constructor as Constructor,
          new Uint8Array(array.buffer, array.byteOffset, array.byteLength).slice() as Uint8Array<ArrayBuffer>,
        ]),
      });
      const fetched = ({ cells, arrays }: Stored): unknown => {
        journeys++;
        const encoded: EncodedState = Object.fromEntries(
          arrays.map(([name, Type, bytes]) => [name, new Type(bytes.slice().buffer)]),
        );
        return partial.decode(cells, encoded);
      };
      const travelled: typeof partial = {
        ...partial,
        init: (cells) => stored(cells, partial.init(cells)),
        update(state, segments) {
          const own = fetched(state as Stored);
          partial.update(own, segments);
          (state as Stored).arrays = stored(segments.cells, own).arrays;
        },
        bytes: (state) => partial.bytes(fetched(state as Stored)),
      };
      return {
        ...bound,
        partial: {
          ...travelled,
          finish: (state: unknown, out: Float64Array) => finish(fetched(state as Stored), out),
        },
      } as BoundField;
    },
  };
}

it("are stored as the same bytes as if they had stayed in it", async () => {
  const granules = {
    a: points([-175, 0, 1.1], [-91, 0, 2.2], [-175, 0, 0.1]),
    b: points([-175, 0, 3.3], [-145, 0, 4.4]),
    c: points([-91, 0, 5.5], [-175, 0, 0.7]),
  };
  const variables = {
    n: { function: "tally", dtype: "int32", fill_value: 0 },
    h_sum: { function: "total", dtype: "float64" },
    h_all: { function: "kept", kind: "ragged", inner_shape: [1], dtype: "float64" },
  };
  const storeOf = async (change?: typeof travelling) => {
    const scene = createScene(granules, change);
    const config = createConfig(scene, { variables });
    const run = plan(scene, config, createMap({ 0: ["a", "b", "c"], 3: [] }), { memoryBytes: 1 });
    const { results } = await execute(scene, run);
    expect(results.map(({ error }) => error)).toEqual([null, null]);
    return [...(scene.disk.stores.get(STORE) ?? [])]
      .filter(([path]) => path.startsWith("boxes/"))
      .map(([path, bytes]) => [path, [...bytes]]);
  };
  const stayed = await storeOf();
  expect(stayed.length).toBeGreaterThan(3);
  expect(await storeOf(travelling)).toEqual(stayed);
  expect(journeys).toBeGreaterThan(9);
});
