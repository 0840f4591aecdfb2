/** A granule that this package's own walk through the file reads. */
import {
  cfAttributes,
  cfEncoding,
  type ByteSource,
  type CfAttribute,
  type Column,
  type DatasetInfo,
  type DType,
  type Granule,
  type GranuleEntry,
  type ReadRequest,
  type TypedArray,
} from "@zagg/core";

import { corrupt, imprecise, missing, noFilter, unconvertible } from "./failures.js";
import type { Hdf5Attribute, Hdf5Dataset, Hdf5File } from "./format/open.js";
import { Damage, Unsupported, UnsupportedType } from "./format/problems.js";
import { isPlain, numberForm, numberName, type NumericType } from "./format/values/number-form.js";
import { isNumeric, type Numbers } from "./format/values/numbers.js";
import { listEntries } from "./list/list-entries.js";
import { assertFits } from "./range.js";
import { fill64, widenAll64 } from "./widen64.js";

/** A numeric dataset that the walk reads. */
interface Walked {
  readonly path: string;
  readonly dataset: Hdf5Dataset;
  readonly info: DatasetInfo;
  /** The numbers of a 64-bit integer dataset that stand for missing values, exact; else empty. */
  readonly fills: readonly bigint[];
}

/** What is known of a path: a dataset; nothing numeric; or a form of dataset that HDF5 itself has to read. */
type Known = Walked | null | "library";

/** @param openLibrary the same file through HDF5 itself, for the forms of datasets that the walk does not know */
export function walkedGranule(
  source: ByteSource,
  file: Hdf5File,
  openLibrary: (signal?: AbortSignal) => Promise<Granule>,
): Granule {
  return new WalkedGranule(source, file, openLibrary);
}

class WalkedGranule implements Granule {
  readonly #source: ByteSource;
  readonly #file: Hdf5File;
  readonly #openLibrary: (signal?: AbortSignal) => Promise<Granule>;
  readonly #known = new Map<string, Promise<Known>>();
  #library: Promise<Granule> | undefined;
  #isClosed = false;

  constructor(source: ByteSource, file: Hdf5File, openLibrary: (signal?: AbortSignal) => Promise<Granule>) {
    this.#source = source;
    this.#file = file;
    this.#openLibrary = openLibrary;
  }

  async describeMany(
    paths: readonly string[],
    signal?: AbortSignal,
  ): Promise<readonly (DatasetInfo | null)[]> {
    this.#assertOpen(signal);
    const known = await Promise.all(paths.map((path) => this.#look(path)));
    signal?.throwIfAborted();
    const elsewhere = paths.filter((_, i) => known[i] === "library");
    const described =
      elsewhere.length === 0 ? [] : await (await this.#hdf5(signal)).describeMany(elsewhere, signal);
    let next = 0;
    return known.map((one) => (one === "library" ? described[next++]! : (one?.info ?? null)));
  }

  async readMany(requests: readonly ReadRequest[], signal?: AbortSignal): Promise<readonly Column[]> {
    const columns = await this.#readAll(requests, signal, (library, own) => library.readMany(own, signal));
    return columns.map(({ values, walked }, i) => {
      if (!(values instanceof BigInt64Array || values instanceof BigUint64Array)) return values as Column;
      return this.#doubles(values, walked!, requests[i]!);
    });
  }

  async readExact(requests: readonly ReadRequest[], signal?: AbortSignal): Promise<readonly TypedArray[]> {
    const columns = await this.#readAll(requests, signal, (library, own) => library.readExact!(own, signal));
    return columns.map(({ values }) => values);
  }

  async list(signal?: AbortSignal): Promise<readonly GranuleEntry[]> {
    this.#assertOpen(signal);
    return listEntries(this.#file, async (path) => (await this.describeMany([path], signal))[0]!, signal);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#known.clear();
    await (await this.#library?.catch(() => undefined))?.close();
  }

  #assertOpen(signal: AbortSignal | undefined): void {
    signal?.throwIfAborted();
    if (this.#isClosed) throw new TypeError(`the granule ${this.#source.uri} is closed`);
  }

  #hdf5(signal: AbortSignal | undefined): Promise<Granule> {
    this.#library ??= this.#openLibrary(signal).catch((error: unknown) => {
      this.#library = undefined;
      throw error;
    });
    return this.#library;
  }

  #look(path: string): Promise<Known> {
    const known = this.#known.get(path) ?? this.#describe(path);
    if (!this.#known.has(path)) {
      this.#known.set(path, known);
      known.catch(() => this.#known.delete(path));
    }
    return known;
  }

  async #describe(requested: string): Promise<Known> {
    const path = `/${requested.split("/").filter(Boolean).join("/")}`;
    try {
      const dataset = await this.#file.object(path);
      if (dataset?.kind !== "dataset") return null;
      const { type, space, grid, layout } = dataset.stored;
      if (space.isNull || !isNumeric(type)) return null;
      const dtype = dtypeOf(type);
      // HDF5 in WebAssembly gives the bytes of numbers as they are.
      if (layout.kind === "unknown") {
        const form = numberForm(type);
        if (typeof form !== "string" && isPlain(form)) return "library";
        throw new UnsupportedType(`they are no plain numbers, and ${layout.what}`);
      }
      const attributes = await dataset.attributes(cfAttributes);
      const encoded = Object.fromEntries(attributes.map((one) => [one.name, cfAttribute(one)]));
      const { missing: missingNumbers, ...described } = cfEncoding(dtype, encoded);
      const isWide = dtype === "int64" || dtype === "uint64";
      return {
        path,
        dataset,
        info: { shape: space.shape, dtype, chunkRows: grid?.chunkShape[0] ?? null, ...described },
        fills: isWide ? missingNumbers.map(BigInt) : [],
      };
    } catch (error) {
      if (error instanceof Unsupported) throw unconvertible(this.#source.uri, path, error.message);
      throw this.#failure(error, path);
    }
  }

  async #readAll(
    requests: readonly ReadRequest[],
    signal: AbortSignal | undefined,
    readLibrary: (library: Granule, own: readonly ReadRequest[]) => Promise<readonly TypedArray[]>,
  ): Promise<readonly { readonly values: TypedArray; readonly walked: Walked | undefined }[]> {
    this.#assertOpen(signal);
    const known = await Promise.all(requests.map(({ path }) => this.#look(path)));
    signal?.throwIfAborted();
    const walked: { readonly one: Walked; readonly request: ReadRequest }[] = [];
    for (const [i, one] of known.entries()) {
      const { path, ...range } = requests[i]!;
      if (one === null) throw missing(this.#source.uri, path);
      if (one === "library") continue;
      assertFits(this.#source.uri, one, range);
      walked.push({ one, request: requests[i]! });
    }
    const elsewhere = requests.filter((_, i) => known[i] === "library");
    const numbers = await this.#walkedNumbers(walked, signal);
    const others = elsewhere.length === 0 ? [] : await readLibrary(await this.#hdf5(signal), elsewhere);
    // What was kept is given again without a look at the file: only its source notices that somebody writes to it.
    if (this.#source.localPath !== undefined) await this.#source.read([], signal);
    let ownNext = 0;
    let otherNext = 0;
    return known.map((one) =>
      one === "library"
        ? { values: others[otherNext++]!, walked: undefined }
        : { values: numbers[ownNext++]!, walked: one! },
    );
  }

  async #walkedNumbers(
    reads: readonly { readonly one: Walked; readonly request: ReadRequest }[],
    signal: AbortSignal | undefined,
  ): Promise<readonly TypedArray[]> {
    const requests = reads.map(({ one, request: { start, stop, column } }) => ({
      dataset: one.dataset,
      selection: {
        start: column === undefined ? [start] : [start, column],
        count: column === undefined ? [stop - start] : [stop - start, 1],
      },
    }));
    try {
      const columns = await this.#file.readNumbers(requests, signal);
      return columns.map((values, i) => (reads[i]!.one.info.dtype === "bool" ? bytesOf(values) : values));
    } catch (error) {
      if (!isOfTheFile(error)) throw error;
      // Each by itself, for the message to name the one that fails.
      for (const [i, request] of requests.entries()) {
        await this.#file.readNumbers([request], signal).catch((cause: unknown) => {
          throw this.#failure(cause, reads[i]!.one.path);
        });
      }
      throw error;
    }
  }

  #doubles(
    values: BigInt64Array | BigUint64Array,
    { path, fills }: Walked,
    request: ReadRequest,
  ): Float64Array {
    const out = new Float64Array(values.length);
    const lanes = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
    const bad = widenAll64(lanes, values instanceof BigInt64Array, fills.map(fill64), out, 0);
    if (bad >= 0) throw imprecise(this.#source.uri, path, request.start + bad);
    return out;
  }

  #failure(error: unknown, path: string): unknown {
    if (error instanceof Unsupported) return noFilter(this.#source.uri, path, error.message);
    if (isOfTheFile(error)) return corrupt(this.#source.uri, path, [(error as Error).message], error);
    return error;
  }
}

/** True for what the bytes of the file are to blame for; a RangeError is an extent that no memory holds. */
function isOfTheFile(error: unknown): boolean {
  return error instanceof Damage || error instanceof Unsupported || error instanceof RangeError;
}

/** The dtype of numbers; an enumeration of FALSE and TRUE is bool. @throws UnsupportedType */
function dtypeOf(type: NumericType): DType {
  if (type.kind === "enum" && type.size === 1 && type.members.length === 2) {
    const value = (name: string) => type.members.find((member) => member.name === name)?.bytes[0];
    if (value("FALSE") === 0 && value("TRUE") === 1) return "bool";
  }
  const form = numberForm(type);
  if (typeof form === "string") throw new UnsupportedType(form);
  return numberName(form);
}

/** Truth is held as bytes without sign. */
function bytesOf(values: Numbers): Uint8Array {
  return new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.length);
}

function cfAttribute({ type, value }: Hdf5Attribute): CfAttribute {
  const dtype = type.kind === "text" ? "text" : isNumeric(type) ? dtypeOf(type) : "other";
  if (dtype === "other" || value === null) return { dtype, values: [] };
  return {
    dtype,
    values: ArrayBuffer.isView(value)
      ? Array.from<number | bigint>(value as Exclude<Numbers, BigInt64Array | BigUint64Array>)
      : ([value].flat() as string[]),
  };
}
