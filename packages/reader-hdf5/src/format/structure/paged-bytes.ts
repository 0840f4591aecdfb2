/** The parts of a file that were read to find things, kept page by page: structures are small and lie near each other. */
import { Damage } from "../problems.js";

/** Where bytes come from; every `ByteSource` is one. */
export interface RangedBytes {
  /** Bytes. */
  readonly size: number;
  /** The bytes start … stop−1 of each range, in the order in which they are asked. */
  read(
    ranges: readonly { readonly start: number; readonly stop: number }[],
    signal?: AbortSignal,
  ): Promise<readonly Uint8Array[]>;
}

export interface PagedBytesOptions {
  /** Bytes that are read at once, a power of two. */
  readonly pageBytes?: number;
  /** Most bytes that are kept; the pages that were not asked for longest go first. */
  readonly budgetBytes?: number;
}

const PAGE_BYTES = 65_536;
const BUDGET_BYTES = 32 * 2 ** 20;
/** No structure of a sound file is larger: a wrong size must not fetch a whole file. */
const LONGEST_STRUCTURE = 256 * 2 ** 20;

export class PagedBytes {
  readonly #source: RangedBytes;
  readonly #pageBytes: number;
  readonly #mostPages: number;
  readonly #pages = new Map<number, Promise<Uint8Array>>();

  constructor(
    source: RangedBytes,
    { pageBytes = PAGE_BYTES, budgetBytes = BUDGET_BYTES }: PagedBytesOptions = {},
  ) {
    this.#source = source;
    this.#pageBytes = pageBytes;
    this.#mostPages = Math.max(1, Math.floor(budgetBytes / pageBytes));
  }

  get size(): number {
    return this.#source.size;
  }

  /**
   * Bytes of the file: a view that is not to be written to.
   * @throws Damage beyond the end of the file; or as the source does
   */
  async read(start: number, length: number, signal?: AbortSignal): Promise<Uint8Array> {
    const stop = start + length;
    if (stop > this.#source.size || start < 0 || length < 0)
      throw new Damage(`a structure at byte ${start} would reach out of the file`);
    if (length > LONGEST_STRUCTURE) throw new Damage(`a structure at byte ${start} claims ${length} bytes`);
    const first = Math.floor(start / this.#pageBytes);
    const last = Math.floor(Math.max(start, stop - 1) / this.#pageBytes);
    const pages = await Promise.all(this.#wanted(first, last, signal));
    const from = start - first * this.#pageBytes;
    if (pages.length === 1) return pages[0]!.subarray(from, from + length);
    const joined = new Uint8Array(length);
    let at = 0;
    pages.forEach((page, i) => {
      const piece = page.subarray(
        i === 0 ? from : 0,
        Math.min(page.length, (i === 0 ? from : 0) + length - at),
      );
      joined.set(piece, at);
      at += piece.length;
    });
    return joined;
  }

  /** Reads the pages of many structures in one request, for `read` to find them. What lies behind the file is left out. */
  async prefetch(
    parts: readonly { readonly start: number; readonly length: number }[],
    signal?: AbortSignal,
  ): Promise<void> {
    const numbers = new Set<number>();
    for (const { start, length } of parts) {
      const stop = Math.min(start + length, this.#source.size);
      for (let page = Math.floor(start / this.#pageBytes); page * this.#pageBytes < stop; page++)
        numbers.add(page);
    }
    if (numbers.size > this.#mostPages) return;
    await Promise.all(
      this.#fetched(
        [...numbers].sort((a, b) => a - b),
        signal,
      ),
    );
  }

  #wanted(first: number, last: number, signal?: AbortSignal): Promise<Uint8Array>[] {
    return this.#fetched(
      Array.from({ length: last - first + 1 }, (_, i) => first + i),
      signal,
    );
  }

  /** @param numbers ascending */
  #fetched(numbers: readonly number[], signal?: AbortSignal): Promise<Uint8Array>[] {
    const absent = numbers.filter((page) => !this.#pages.has(page));
    if (absent.length > 0) {
      const ranges = runsOf(absent).map(({ first, count }) => ({
        start: first * this.#pageBytes,
        stop: Math.min((first + count) * this.#pageBytes, this.#source.size),
        first,
      }));
      const answer = this.#source.read(ranges, signal);
      ranges.forEach(({ first, start, stop }, i) => {
        for (let page = first; page * this.#pageBytes < stop; page++) {
          const from = page * this.#pageBytes - start;
          const promise = answer.then((parts) => parts[i]!.subarray(from, from + this.#pageBytes));
          this.#pages.set(page, promise);
          // What failed is asked for again by whoever wants it next; who waits now is told by the promise itself.
          promise.catch(() => this.#pages.delete(page));
        }
      });
    }
    const found = numbers.map((page) => {
      const promise = this.#pages.get(page)!;
      this.#pages.delete(page);
      this.#pages.set(page, promise);
      return promise;
    });
    for (const page of this.#pages.keys()) {
      if (this.#pages.size <= Math.max(this.#mostPages, numbers.length)) break;
      this.#pages.delete(page);
    }
    return found;
  }
}

function runsOf(ascending: readonly number[]): { first: number; count: number }[] {
  const runs: { first: number; count: number }[] = [];
  for (const number of ascending) {
    const run = runs.at(-1);
    if (run !== undefined && run.first + run.count === number) run.count++;
    else runs.push({ first: number, count: 1 });
  }
  return runs;
}
