/** Records by their JSON text, so that a granule that many shards list is one object. */
import type { GranuleRecord } from "./shard-map.js";

/** Texts kept to compare with; records beyond them are not shared. */
const MAX_TEXT_BYTES = 2 ** 28;

/** A growing set of records, each known by the bytes it was read from. */
export interface RecordPool {
  /** The record of the same bytes. */
  find(bytes: Uint8Array, start: number, stop: number, hash: number): GranuleRecord | undefined;
  /** Adds a record that {@link find} did not find. */
  add(bytes: Uint8Array, start: number, stop: number, hash: number, record: GranuleRecord): void;
}

export function createRecordPool(): RecordPool {
  const records: GranuleRecord[] = [];
  const hashes: number[] = [];
  /** Where the text of each record ends; it begins where the one before ends. */
  const ends: number[] = [];
  let texts = new Uint8Array(2 ** 16);
  let slots = new Int32Array(2 ** 10).fill(-1);

  const isText = (index: number, bytes: Uint8Array, start: number, stop: number): boolean => {
    const from = index === 0 ? 0 : ends[index - 1]!;
    if (ends[index]! - from !== stop - start) return false;
    for (let i = start, j = from; i < stop; i++, j++) if (bytes[i] !== texts[j]) return false;
    return true;
  };
  const place = (index: number): void => {
    const mask = slots.length - 1;
    let slot = spread(hashes[index]!) & mask;
    while (slots[slot]! >= 0) slot = (slot + 1) & mask;
    slots[slot] = index;
  };

  return {
    find(bytes, start, stop, hash) {
      const mask = slots.length - 1;
      for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
        const index = slots[slot]!;
        if (index < 0) return undefined;
        if (hashes[index] === hash && isText(index, bytes, start, stop)) return records[index];
      }
    },
    add(bytes, start, stop, hash, record) {
      const from = ends.at(-1) ?? 0;
      const end = from + stop - start;
      if (end > MAX_TEXT_BYTES) return;
      if (end > texts.length) {
        const grown = new Uint8Array(Math.min(MAX_TEXT_BYTES, 2 * end));
        grown.set(texts);
        texts = grown;
      }
      texts.set(bytes.subarray(start, stop), from);
      ends.push(end);
      hashes.push(hash);
      records.push(record);
      if (2 * records.length > slots.length) {
        slots = new Int32Array(2 * slots.length).fill(-1);
        for (let index = 0; index < records.length - 1; index++) place(index);
      }
      place(records.length - 1);
    },
  };
}

/** Mixes the upper bits of a hash into the lower ones. */
function spread(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
