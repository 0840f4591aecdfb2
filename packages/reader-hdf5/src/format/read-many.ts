/** Parts of many datasets at once: what lies near each other in the file is fetched together, each chunk decoded once. */
import type { ChunkCache } from "./chunks/chunk-cache.js";
import type { StoredChunk } from "./chunks/chunk-table.js";
import { chunksOf, copyCommon, type CopyRun, type Selection } from "./chunks/selection.js";
import type { StoredDataset } from "./dataset.js";
import { decodeChunk, type DecodedChunk } from "./filters/decode-chunk.js";
import { unshuffleRun } from "./filters/shuffle.js";
import { elementCount } from "./messages/dataspace.js";
import { Damage, UnsupportedLayout } from "./problems.js";
import type { RangedBytes } from "./structure/paged-bytes.js";

export interface PartRequest {
  readonly dataset: StoredDataset;
  readonly selection: Selection;
}

export interface PartSource {
  readonly bytes: RangedBytes;
  /** Byte of the file at which address 0 lies. */
  readonly base: number;
  readonly cache: ChunkCache;
}

/** Stretches of the file no further apart than this are fetched as one. */
const GAP_BYTES = 32_768;
/** What is held at once, stored and decoded, beside the result. */
const BATCH_STORED = 16 * 2 ** 20;
const BATCH_PLAIN = 64 * 2 ** 20;

/**
 * The bytes of the elements of each part, in row-major order, as they are stored in the dataset.
 * @throws Damage, Unsupported, or as the source does; RangeError when the platform cannot hold a part
 */
export async function readParts(
  source: PartSource,
  requests: readonly PartRequest[],
  signal?: AbortSignal,
): Promise<readonly Uint8Array[]> {
  const targets: Target[] = [];
  const jobs = new Map<string, ChunkJob>();
  const plain: Fetch[] = [];
  const numbers = new Map<StoredDataset, number>();
  for (const { dataset, selection } of requests) {
    const target = newTarget(dataset, selection);
    targets.push(target);
    if (target.bytes.length === 0) continue;
    if (!numbers.has(dataset)) numbers.set(dataset, numbers.size);
    const { layout, grid } = dataset;
    if (layout.kind === "unknown") throw new UnsupportedLayout(layout.what);
    if (layout.kind === "compact") copyCompact(layout.bytes, dataset, target);
    else if (layout.kind === "contiguous") plain.push(...contiguous(layout, dataset, target, source.base));
    else if (grid !== undefined) {
      const table = await dataset.chunks();
      chunksOf(selection, grid.chunkShape, dataset.chunkCounts, table, (place, scaled, stored) => {
        const key = `${numbers.get(dataset)}:${place}`;
        const job = jobs.get(key);
        if (job !== undefined) job.targets.push(target);
        else jobs.set(key, { dataset, place, scaled, stored, targets: [target] });
      });
    }
  }
  await runPlain(source.bytes, plain, signal);
  await runJobs(source, [...jobs.values()], signal);
  return targets.map(({ bytes }) => bytes);
}

/** Where a part goes. */
interface Target {
  readonly bytes: Uint8Array;
  readonly selection: Selection;
}

interface ChunkJob {
  readonly dataset: StoredDataset;
  readonly place: number;
  readonly scaled: readonly number[];
  readonly stored: StoredChunk;
  readonly targets: Target[];
}

/** Bytes of the file, and what is done with them. */
interface Fetch {
  readonly start: number;
  readonly stop: number;
  take(bytes: Uint8Array): void | Promise<void>;
}

function newTarget(dataset: StoredDataset, selection: Selection): Target {
  const { type, fill } = dataset;
  const bytes = new Uint8Array(elementCount(selection.count) * type.size);
  if (fill?.some((byte) => byte !== 0)) {
    bytes.set(fill.subarray(0, Math.min(fill.length, bytes.length)));
    for (let done = fill.length; done < bytes.length; done *= 2)
      bytes.copyWithin(done, 0, Math.min(done, bytes.length - done));
  }
  return { bytes, selection };
}

/** Where a part lies in its dataset. */
function blockOf({ selection }: Target) {
  return { from: selection.start, extent: selection.count };
}

/** Copies elements as they are. */
function plainRun(from: Uint8Array, to: Uint8Array, itemBytes: number): CopyRun {
  return (source, target, count) => {
    const first = source * itemBytes;
    if (count > 1 || itemBytes > 8) {
      to.set(from.subarray(first, first + count * itemBytes), target * itemBytes);
      return;
    }
    const at = target * itemBytes;
    for (let i = 0; i < itemBytes; i++) to[at + i] = from[first + i]!;
  };
}

function copyCompact(bytes: Uint8Array, dataset: StoredDataset, target: Target): void {
  const { type, space } = dataset;
  if (bytes.length < elementCount(space.shape) * type.size)
    throw new Damage("a dataset is shorter than its extent");
  const whole = { from: space.shape.map(() => 0), extent: space.shape };
  copyCommon(whole, blockOf(target), plainRun(bytes, target.bytes, type.size));
}

/** Rows of a dataset in one piece; whole rows are read where some columns are wanted. */
function contiguous(
  { address }: { readonly address: number | undefined },
  dataset: StoredDataset,
  target: Target,
  base: number,
): Fetch[] {
  if (address === undefined) return [];
  const { type, space } = dataset;
  const rowBytes = elementCount(space.shape.slice(1)) * type.size;
  const from = target.selection.start[0] ?? 0;
  const rows = target.selection.count[0] ?? 1;
  const fetches: Fetch[] = [];
  const most = Math.max(1, Math.floor(BATCH_STORED / Math.max(1, rowBytes)));
  for (let row = from; row < from + rows; row += most) {
    const some = Math.min(most, from + rows - row);
    const start = base + address + row * rowBytes;
    fetches.push({
      start,
      stop: start + some * rowBytes,
      take: (bytes) =>
        copyCommon(
          {
            from: space.shape.map((_, i) => (i === 0 ? row : 0)),
            extent: space.shape.map((extent, i) => (i === 0 ? some : extent)),
          },
          blockOf(target),
          plainRun(bytes, target.bytes, type.size),
        ),
    });
  }
  return fetches;
}

async function runPlain(bytes: RangedBytes, fetches: readonly Fetch[], signal?: AbortSignal): Promise<void> {
  for (const batch of batches(fetches, ({ start, stop }) => ({ stored: stop - start, plain: 0 })))
    await fetchAll(bytes, batch, signal);
}

async function runJobs(source: PartSource, jobs: readonly ChunkJob[], signal?: AbortSignal): Promise<void> {
  const waiting: ChunkJob[] = [];
  for (const job of jobs) {
    const known = source.cache.get(job.dataset, job.place);
    if (known === undefined) waiting.push(job);
    else deliver(job, known);
  }
  waiting.sort((a, b) => a.stored.at - b.stored.at);
  const sizes = ({ dataset, stored }: ChunkJob) => ({ stored: stored.size, plain: dataset.grid!.chunkBytes });
  for (const batch of batches(waiting, sizes)) {
    signal?.throwIfAborted();
    await fetchAll(
      source.bytes,
      batch.map((job) => ({
        start: source.base + job.stored.at,
        stop: source.base + job.stored.at + job.stored.size,
        take: async (bytes) => {
          const plain = await decoded(job, bytes);
          if (!isWholeIn(job)) source.cache.put(job.dataset, job.place, plain);
          deliver(job, plain);
        },
      })),
      signal,
    );
  }
}

async function decoded({ dataset, scaled, stored }: ChunkJob, bytes: Uint8Array): Promise<DecodedChunk> {
  const { grid, layout, filters, type, space } = dataset;
  const plain = { bytes: grid!.chunkBytes, itemBytes: type.size };
  const isEdge = scaled.some((index, i) => (index + 1) * grid!.chunkShape[i]! > space.shape[i]!);
  if (layout.kind === "chunked" && layout.plainEdges && isEdge) return decodeChunk(bytes, [], 0, plain);
  return decodeChunk(bytes, filters, stored.filterMask, plain);
}

/** True when a target has the whole chunk: nobody is likely to ask for it again. */
function isWholeIn({ dataset, scaled, targets }: ChunkJob): boolean {
  const { chunkShape, shape } = dataset.grid!;
  return targets.some(({ selection: { start, count } }) =>
    scaled.every((index, i) => {
      const from = index * chunkShape[i]!;
      const stop = Math.min(from + chunkShape[i]!, shape[i]!);
      return start[i]! <= from && stop <= start[i]! + count[i]!;
    }),
  );
}

function deliver({ dataset, scaled, targets }: ChunkJob, { bytes, isShuffled }: DecodedChunk): void {
  const { chunkShape } = dataset.grid!;
  const { size } = dataset.type;
  const block = { from: scaled.map((index, i) => index * chunkShape[i]!), extent: chunkShape };
  for (const target of targets) {
    const run: CopyRun = isShuffled
      ? (source, at, count) => unshuffleRun(bytes, size, source, target.bytes, at, count)
      : plainRun(bytes, target.bytes, size);
    copyCommon(block, blockOf(target), run);
  }
}

/** Cuts a list into runs that stay within what may be held at once; one item may be larger. */
function* batches<T>(
  items: readonly T[],
  sizes: (item: T) => { readonly stored: number; readonly plain: number },
): Generator<readonly T[]> {
  let batch: T[] = [];
  let stored = 0;
  let plain = 0;
  for (const item of items) {
    const size = sizes(item);
    if (batch.length > 0 && (stored + size.stored > BATCH_STORED || plain + size.plain > BATCH_PLAIN)) {
      yield batch;
      batch = [];
      stored = 0;
      plain = 0;
    }
    batch.push(item);
    stored += size.stored;
    plain += size.plain;
  }
  if (batch.length > 0) yield batch;
}

/** Fetches stretches that lie near each other as one, and hands out each. */
async function fetchAll(bytes: RangedBytes, fetches: readonly Fetch[], signal?: AbortSignal): Promise<void> {
  for (const { start, stop } of fetches)
    if (stop > bytes.size)
      throw new Damage(`values at byte ${start} would end ${stop - bytes.size} bytes behind the file`);
  const sorted = [...fetches].sort((a, b) => a.start - b.start);
  const stretches: { start: number; stop: number; fetches: Fetch[] }[] = [];
  for (const fetch of sorted) {
    const last = stretches.at(-1);
    if (last !== undefined && fetch.start <= last.stop + GAP_BYTES) {
      last.stop = Math.max(last.stop, fetch.stop);
      last.fetches.push(fetch);
    } else stretches.push({ start: fetch.start, stop: fetch.stop, fetches: [fetch] });
  }
  const parts = await bytes.read(stretches, signal);
  await Promise.all(
    stretches.flatMap(({ start, fetches: inside }, i) =>
      inside.map((fetch) => fetch.take(parts[i]!.subarray(fetch.start - start, fetch.stop - start))),
    ),
  );
}
