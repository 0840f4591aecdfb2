/** The files of make-walks.py, opened. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { openFile, type Hdf5Dataset, type Hdf5File } from "../../src/format/open.js";
import type { RangedBytes } from "../../src/format/structure/paged-bytes.js";

export const WALKS = ["old", "new"] as const;

export function walkBytes(name: (typeof WALKS)[number]): Uint8Array {
  return gunzipSync(readFileSync(new URL(`../fixtures/walk-${name}.h5.gz`, import.meta.url)));
}

/** Bytes in memory, and how many requests for ranges of them there were. */
export interface CountedBytes extends RangedBytes {
  requests(): number;
  bytesRead(): number;
}

export function counted(bytes: Uint8Array): CountedBytes {
  let requests = 0;
  let read = 0;
  return {
    size: bytes.length,
    read(ranges) {
      requests += ranges.length;
      return Promise.resolve(
        ranges.map(({ start, stop }) => {
          read += stop - start;
          return bytes.slice(start, stop);
        }),
      );
    },
    requests: () => requests,
    bytesRead: () => read,
  };
}

export async function openBytes(bytes: Uint8Array): Promise<Hdf5File> {
  const file = await openFile(counted(bytes));
  if (file === undefined) throw new Error("no HDF5 file");
  return file;
}

export async function datasetAt(file: Hdf5File, path: string): Promise<Hdf5Dataset> {
  const object = await file.object(path);
  if (object?.kind !== "dataset") throw new Error(`no dataset at ${path}`);
  return object;
}

/** All numbers of a dataset. */
export async function wholeOf(file: Hdf5File, path: string) {
  const dataset = await datasetAt(file, path);
  const { shape } = dataset.stored.space;
  const [numbers] = await file.readNumbers([
    { dataset, selection: { start: shape.map(() => 0), count: shape } },
  ]);
  return numbers!;
}

/** What make-walks.py writes at a place in row-major order. */
export const ramp = (i: number) => (7 * i + 3) % 101;

export function rampOf(count: number): number[] {
  return Array.from({ length: count }, (_, i) => ramp(i));
}
