/** Decoded chunks of which a part was asked for: the next part is often asked for next. */
import type { StoredDataset } from "../dataset.js";
import type { DecodedChunk } from "../filters/decode-chunk.js";

export interface ChunkCache {
  /** A chunk that is not to be written to. */
  get(dataset: StoredDataset, place: number): DecodedChunk | undefined;
  put(dataset: StoredDataset, place: number, chunk: DecodedChunk): void;
}

/** @param budgetBytes most bytes that are kept; what was not asked for longest goes first */
export function chunkCache(budgetBytes: number): ChunkCache {
  const datasets = new Map<StoredDataset, number>();
  const kept = new Map<string, DecodedChunk>();
  let held = 0;
  const keyOf = (dataset: StoredDataset, place: number) => {
    let number = datasets.get(dataset);
    if (number === undefined) datasets.set(dataset, (number = datasets.size));
    return `${number}:${place}`;
  };
  return {
    get(dataset, place) {
      const key = keyOf(dataset, place);
      const chunk = kept.get(key);
      if (chunk === undefined) return undefined;
      kept.delete(key);
      kept.set(key, chunk);
      return chunk;
    },
    put(dataset, place, chunk) {
      const key = keyOf(dataset, place);
      if (chunk.bytes.length > budgetBytes || kept.has(key)) return;
      kept.set(key, chunk);
      held += chunk.bytes.length;
      for (const [oldest, { bytes }] of kept) {
        if (held <= budgetBytes) break;
        kept.delete(oldest);
        held -= bytes.length;
      }
    },
  };
}
