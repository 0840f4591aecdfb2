/** A granule that HDF5 itself reads. */
import {
  allocate,
  itemSize,
  type ByteSource,
  type Column,
  type DatasetInfo,
  type Granule,
  type ReadRequest,
  type TypedArray,
} from "@zagg/core";

import { cutRows } from "./blocks.js";
import { describeDataset, type Described } from "./describe.js";
import { columnOf } from "./element-type.js";
import { corrupt, imprecise, missing, noFilter, notHdf5 } from "./failures.js";
import { loadLibrary, type LibraryInstance } from "./library.js";
import type { LocalCopy } from "./local-copy.js";
import { passesOf, type Pass } from "./passes.js";
import { assertFits } from "./range.js";
import { writeColumn } from "./raw-rows.js";

/** A file in one instance of the library. */
interface Session {
  readonly instance: LibraryInstance;
  readonly id: bigint;
}

/**
 * Opens a file through HDF5 itself: for the forms of datasets that the walk of this package does not know.
 * @throws ReaderError `GRANULE_FORMAT` when HDF5 cannot make sense of its root
 */
export async function openGranule(source: ByteSource, copy: LocalCopy): Promise<Granule> {
  return new Hdf5Granule(source, copy, await openSession(source.uri, copy.path));
}

/** @param shown names it in messages */
async function openSession(shown: string, path: string, retry = true): Promise<Session> {
  const instance = await loadLibrary();
  let id = -1n;
  let thrown: unknown;
  try {
    id = instance.call(({ File }) => new File(path, "r").file_id);
  } catch (cause) {
    thrown = cause;
  }
  if (id > 0n) return { instance, id };
  const reasons = instance.diagnostics.reasons();
  // HDF5 that gives no reason is short of memory, which a damaged file can have taken from it for good.
  if (retry && reasons.length === 0) {
    instance.abandon();
    return openSession(shown, path, false);
  }
  throw notHdf5(shown, reasons.at(-1) ?? "its root is damaged", "fetch it again", thrown);
}

class Hdf5Granule implements Granule {
  readonly #file: string;
  readonly #source: ByteSource;
  readonly #copy: LocalCopy;
  readonly #described = new Map<string, Described | null>();
  #session: Session | undefined;
  #reopening: Promise<void> | undefined;

  constructor(source: ByteSource, copy: LocalCopy, session: Session) {
    this.#file = source.uri;
    this.#source = source;
    this.#copy = copy;
    this.#session = session;
  }

  async describeMany(
    paths: readonly string[],
    signal?: AbortSignal,
  ): Promise<readonly (DatasetInfo | null)[]> {
    signal?.throwIfAborted();
    while (this.#session?.instance.lost) await this.#reopen();
    const session = this.#live();
    return paths.map((path) => this.#describe(session, path)?.info ?? null);
  }

  async readMany(requests: readonly ReadRequest[], signal?: AbortSignal): Promise<readonly Column[]> {
    return (await this.#readAll(requests, false, signal)) as readonly Column[];
  }

  readExact(requests: readonly ReadRequest[], signal?: AbortSignal): Promise<readonly TypedArray[]> {
    return this.#readAll(requests, true, signal);
  }

  async #readAll(
    requests: readonly ReadRequest[],
    exact: boolean,
    signal: AbortSignal | undefined,
  ): Promise<readonly TypedArray[]> {
    signal?.throwIfAborted();
    while (this.#session?.instance.lost) await this.#reopen();
    const session = this.#live();
    const reads = requests.map(({ path, ...range }) => {
      const dataset = this.#describe(session, path);
      if (dataset === null) throw missing(this.#file, path);
      assertFits(this.#file, dataset, range);
      return { dataset, range };
    });
    const columns: TypedArray[] = [];
    for (const pass of passesOf(reads)) {
      const read = this.#read(session, pass, exact);
      for (const [i, { place }] of pass.asked.entries()) columns[place] = read[i]!;
    }
    // HDF5 opened the file itself: only its source notices that somebody writes to it.
    if (this.#source.localPath !== undefined) await this.#source.read([], signal);
    return columns;
  }

  async close(): Promise<void> {
    await this.#reopening?.catch(() => undefined);
    const session = this.#session;
    this.#session = undefined;
    this.#described.clear();
    if (session !== undefined && !session.instance.lost) {
      try {
        session.instance.call(({ Module }) => Module.close_file(session.id));
      } catch {
        // The file was only read, and the call has abandoned the instance with all its files: nothing is left to close.
      }
    }
    await this.#copy.remove();
  }

  #live(): Session {
    if (this.#session === undefined) throw new TypeError(`the granule ${this.#file} is closed`);
    return this.#session;
  }

  /** A new session, where a damaged granule brought the library down under this one. */
  #reopen(): Promise<void> {
    this.#reopening ??= openSession(this.#file, this.#copy.path)
      .then((session) => {
        this.#session = session;
      })
      .finally(() => {
        this.#reopening = undefined;
      });
    return this.#reopening;
  }

  #describe({ instance, id }: Session, path: string): Described | null {
    const known = this.#described.get(path);
    if (known !== undefined) return known;
    try {
      const described = instance.call(() => describeDataset(instance, id, path));
      this.#described.set(path, described);
      return described;
    } catch (cause) {
      throw corrupt(this.#file, path, instance.diagnostics.reasons(), cause);
    }
  }

  /** The columns of a pass, in the order of what is asked of it. @param exact 64-bit integers as they are, not as doubles */
  #read(
    session: Session,
    { dataset, start, stop, column, width, asked }: Pass,
    exact: boolean,
  ): readonly TypedArray[] {
    const { path, info } = dataset;
    const { dtype } = info;
    const rows = stop - start;
    const out = asked.map(() =>
      this.#allocated(path, rows, () => (exact ? allocate : columnOf)(dtype, rows)),
    );
    if (rows === 0) return out;
    const { Module } = session.instance.library;
    const rowBytes = itemSize(dtype) * width;
    const cuts = cutRows(start, stop, rowBytes, info.chunkRows);
    const longest = cuts.reduce((most, cut, i) => Math.max(most, cut - (cuts[i - 1] ?? cut)), 0);
    const pointer = this.#allocated(path, longest, () =>
      session.instance.call(() => Module._malloc(longest * rowBytes)),
    );
    try {
      for (let piece = 1; piece < cuts.length; piece++) {
        const from = cuts[piece - 1]!;
        const count = cuts[piece]! - from;
        this.#readRows(session, path, { from, rows: count, column, width }, pointer);
        const at = from - start;
        const { buffer } = Module.HEAPU8;
        for (const [i, { offset }] of asked.entries()) {
          const bad = writeColumn(dataset, { buffer, pointer, count, width }, offset, out[i]!, at);
          if (bad >= 0) throw imprecise(this.#file, path, from + bad);
        }
      }
    } finally {
      if (!session.instance.lost) Module._free(pointer);
    }
    return out;
  }

  /** Reads rows to the library's heap. The status is checked: on failure the bytes there are whatever was there before. */
  #readRows(
    { instance, id }: Session,
    path: string,
    {
      from,
      rows,
      column,
      width,
    }: Pick<Pass, "column" | "width"> & { readonly from: number; readonly rows: number },
    pointer: number,
  ): void {
    const count = column === null ? [BigInt(rows)] : [BigInt(rows), BigInt(width)];
    const offset = column === null ? [BigInt(from)] : [BigInt(from), BigInt(column)];
    const strides = count.map(() => 1n);
    let status = -1;
    let thrown: unknown;
    try {
      status = instance.call(({ Module }) =>
        Module.get_dataset_data(id, path, count, offset, strides, BigInt(pointer)),
      );
    } catch (cause) {
      thrown = cause;
    }
    if (status >= 0) return;
    const reasons = instance.diagnostics.reasons();
    const filter = reasons.find((reason) => reason.startsWith("required filter"));
    throw filter === undefined
      ? corrupt(this.#file, path, reasons, thrown)
      : noFilter(this.#file, path, filter);
  }

  /** What `allocate` gives; a damaged extent can ask for more memory than there is. */
  #allocated<T extends TypedArray | number>(path: string, rows: number, allocate: () => T): T {
    let cause: unknown;
    try {
      const memory = allocate();
      if (memory !== 0) return memory;
    } catch (error) {
      cause = error;
    }
    throw corrupt(this.#file, path, [`${rows} rows do not fit in memory`], cause);
  }
}
