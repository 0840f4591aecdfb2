/** Where footprints are covered with shards: in this thread, or by whatever keeps this contract. */
import { errorToJson, isCodedError, type CodedErrorJson, type Region, type ShardCoverer } from "@zagg/core";

/** Footprints covered with shards; flat, so that it crosses threads without a copy. */
export interface CoveredFootprints {
  /** How many shards each footprint touches. */
  readonly counts: Uint32Array;
  /** Which, footprint after footprint: ascending indices into the coverer's shard keys. */
  readonly shards: Uint32Array;
  /** Footprints that the grid refuses, ascending. */
  readonly refused: readonly { readonly index: number; readonly error: CodedErrorJson }[];
}

/** Footprints are handed in batch by batch; answers come in any order. */
export interface CoveringSession {
  /** Batches that it is worth handing in at once. */
  readonly concurrency: number;
  cover(footprints: readonly Region[]): Promise<CoveredFootprints>;
  /** Lets go of threads; batches that are not done are given up. */
  close(): Promise<void>;
}

/** What a session covers with. */
export interface CoveringContext {
  readonly coverer: ShardCoverer;
  /** What the coverer was made for. */
  readonly region: Region;
  readonly signal?: AbortSignal | undefined;
}

export interface Covering {
  open(context: CoveringContext): CoveringSession;
}

/** Covers in this thread. */
export const inlineCovering: Covering = {
  open: ({ coverer }) => ({
    concurrency: 1,
    // Asynchronous, so that what a grid throws rejects.
    cover: async (footprints) => coverFootprints(coverer, footprints),
    close: () => Promise.resolve(),
  }),
};

/** The shards of each footprint; one that the grid refuses with a coded error has none. */
export function coverFootprints(coverer: ShardCoverer, footprints: readonly Region[]): CoveredFootprints {
  const counts = new Uint32Array(footprints.length);
  const refused: { index: number; error: CodedErrorJson }[] = [];
  let shards = new Uint32Array(64 * footprints.length);
  let length = 0;
  footprints.forEach((footprint, index) => {
    try {
      const touched = coverer.cover(footprint);
      if (length + touched.length > shards.length) {
        const longer = new Uint32Array(2 * (length + touched.length));
        longer.set(shards.subarray(0, length));
        shards = longer;
      }
      shards.set(touched, length);
      length += touched.length;
      counts[index] = touched.length;
    } catch (error) {
      if (!isCodedError(error)) throw error;
      refused.push({ index, error: errorToJson(error) });
    }
  });
  return { counts, shards: shards.slice(0, length), refused };
}
