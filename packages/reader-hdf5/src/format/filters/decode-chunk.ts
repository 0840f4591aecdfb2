/** A chunk as it was before its filters. */
import type { Filter } from "../messages/filter-pipeline.js";
import { Damage, UnknownFilter, Unsupported } from "../problems.js";
import { checkedFletcher32 } from "./fletcher32.js";
import { inflated } from "#inflate";
import { unpackedLzf } from "./lzf.js";
import { unpackedNbit } from "./nbit.js";
import { unpackedScaleOffset } from "./scale-offset.js";
import { unshuffled } from "./shuffle.js";

export interface PlainChunk {
  /** Bytes that the chunk has without filters. */
  readonly bytes: number;
  /** Bytes of an element. */
  readonly itemBytes: number;
}

/** Filters by their registered number. */
export const FILTER = {
  deflate: 1,
  shuffle: 2,
  fletcher32: 3,
  szip: 4,
  nbit: 5,
  scaleOffset: 6,
  lzf: 32_000,
} as const;

/** Names of filters, here or not. */
export const FILTER_NAMES: Readonly<Record<number, string>> = {
  1: "gzip",
  2: "shuffle",
  3: "fletcher32",
  4: "szip",
  5: "nbit",
  6: "scaleoffset",
  307: "bzip2",
  32_000: "lzf",
  32_001: "blosc",
  32_004: "lz4",
  32_008: "bitshuffle",
  32_013: "zfp",
  32_015: "zstd",
  32_026: "blosc2",
};

/** A chunk without its filters, or with the shuffle still on it: that is undone where its elements are copied to anyway. */
export interface DecodedChunk {
  readonly bytes: Uint8Array;
  readonly isShuffled: boolean;
}

/**
 * Undoes filters, the last one first.
 * @param mask bit i set: filter i was not applied
 * @throws Damage when the result is not as long as a chunk; UnknownFilter
 */
export async function decodeChunk(
  stored: Uint8Array,
  filters: readonly Filter[],
  mask: number,
  plain: PlainChunk,
): Promise<DecodedChunk> {
  let bytes = stored;
  let isShuffled = false;
  for (let i = filters.length - 1; i >= 0; i--) {
    if ((mask & (1 << i)) !== 0) continue;
    const filter = filters[i]!;
    if (
      i === 0 &&
      filter.id === FILTER.shuffle &&
      (filter.parameters[0] ?? plain.itemBytes) === plain.itemBytes
    )
      isShuffled = plain.itemBytes > 1;
    else bytes = await undone(bytes, filter, plain, i === 0);
  }
  if (bytes.length !== plain.bytes)
    throw new Damage(`a chunk has ${bytes.length} bytes where ${plain.bytes} are due`);
  return { bytes, isShuffled };
}

/** @throws UnknownFilter for a filter that cannot be undone */
export function assertKnownFilters(filters: readonly Filter[]): void {
  const known = Object.values(FILTER) as number[];
  for (const { id, name } of filters)
    if (id === FILTER.szip || !known.includes(id))
      throw new UnknownFilter(`filter ${id} (${FILTER_NAMES[id] ?? (name === "" ? "unknown" : name)})`);
}

async function undone(
  bytes: Uint8Array,
  { id, parameters }: Filter,
  plain: PlainChunk,
  isFirst: boolean,
): Promise<Uint8Array> {
  // What was compressed after another filter is a little longer than the chunk, by a checksum or a head, or shorter.
  const longest = isFirst ? plain.bytes : plain.bytes + SLACK;
  switch (id) {
    case FILTER.deflate:
      return inflated(bytes, longest);
    case FILTER.shuffle:
      return unshuffled(bytes, parameters[0] ?? plain.itemBytes);
    case FILTER.fletcher32:
      return checkedFletcher32(bytes);
    case FILTER.nbit:
      return unpackedNbit(bytes, parameters, plain);
    case FILTER.scaleOffset:
      return unpackedScaleOffset(bytes, parameters, plain);
    case FILTER.lzf:
      return unpackedLzf(bytes, longest);
    default:
      throw new Unsupported(`filter ${id}`);
  }
}

const SLACK = 64;
