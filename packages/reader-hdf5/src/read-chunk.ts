/** What HDF5 reads from the file to read a chunk. */
import type { Hdf5Library, LibraryInstance } from "./library.js";

/** What HDF5 gave, and the chunk as it is stored; null when none was read, as where none was ever written. */
export interface ChunkRead<T> {
  readonly result: T;
  readonly stored: Uint8Array | null;
}

/** Repeats after which everything that HDF5 keeps in memory is there. */
const MOST_ATTEMPTS = 4;

/**
 * Reads rows of one filtered chunk. HDF5 keeps what it knows of a dataset in memory, but not chunks, and it reads a chunk at once: when
 * it reads from the file no more than once, that was the chunk. What it has to look up at first, it has at the second attempt.
 * @throws as the read does; Error when there are more reads each time
 */
export function readChunk<T>(instance: LibraryInstance, read: (library: Hdf5Library) => T): ChunkRead<T> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const pieces: Uint8Array[] = [];
    const result = instance.call((library) => watched(library, pieces, () => read(library)));
    if (pieces.length <= 1) return { result, stored: pieces[0] ?? null };
  }
  throw new Error("a chunk cannot be told from the rest of the file");
}

/** The Emscripten function through which the library reads files. */
interface EmscriptenReads {
  read(stream: unknown, buffer: Uint8Array, offset: number, length: number, position?: number): number;
}

/** Runs work, and keeps a copy of each piece of a file that it reads. */
function watched<T>({ FS }: Hdf5Library, pieces: Uint8Array[], work: () => T): T {
  const files = FS as unknown as EmscriptenReads;
  const { read } = files;
  files.read = (stream, buffer, offset, length, position) => {
    const got = read.call(files, stream, buffer, offset, length, position);
    pieces.push(new Uint8Array(buffer.subarray(offset, offset + got)));
    return got;
  };
  try {
    return work();
  } finally {
    files.read = read;
  }
}
