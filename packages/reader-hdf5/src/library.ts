/** The HDF5 library, compiled to WebAssembly: loaded on first use, kept quiet, replaced when it breaks down. */
import type * as H5wasm from "h5wasm/node";

export type Hdf5Library = typeof H5wasm;

/** What HDF5 says of its failures: it prints a stack to standard error, which we keep instead. */
export interface Diagnostics {
  /** Forgets what was said so far. */
  clear(): void;
  /** The reasons of the last failure, outermost first; empty when nothing was said. */
  reasons(): readonly string[];
}

/** One instance of the library, with its own memory and its own open files. */
export interface LibraryInstance {
  readonly library: Hdf5Library;
  readonly diagnostics: Diagnostics;
  /** Whether it broke down: its memory can no longer be trusted, nor what it would read. */
  readonly lost: boolean;
  /** Runs one call into the library, and abandons the instance when it breaks down in it. */
  call<T>(work: (library: Hdf5Library) => T): T;
  /** Marks the instance as lost and closes its files; {@link loadLibrary} then makes another. */
  abandon(): void;
}

/** Longest text kept: HDF5 prints one line a stack frame, at most some thirty. */
const KEPT_CHARACTERS = 16_384;

let current: Promise<LibraryInstance> | undefined;
let abandoned = 0;

/** The instance of this thread: the same one until it is lost. */
export function loadLibrary(): Promise<LibraryInstance> {
  current ??= load();
  return current;
}

async function load(): Promise<LibraryInstance> {
  const library = await importInstance();
  await library.ready;
  const diagnostics = captureStandardError(library);
  let lost = false;
  const abandon = () => {
    if (lost) return;
    lost = true;
    abandoned += 1;
    current = undefined;
    closeFiles(library);
  };
  return {
    library,
    diagnostics,
    get lost() {
      return lost;
    },
    call(work) {
      diagnostics.clear();
      try {
        return work(library);
      } catch (error) {
        if (isBreakdown(error)) abandon();
        throw error;
      }
    },
    abandon,
  };
}

/** The package makes its one instance when it is evaluated, so another instance is another evaluation. */
function importInstance(): Promise<Hdf5Library> {
  if (abandoned === 0) return import("h5wasm/node");
  const url = `${import.meta.resolve("h5wasm/node")}?instance=${abandoned}`;
  return import(/* @vite-ignore */ url) as Promise<Hdf5Library>;
}

/** A trap, an abort or a stack overflow; a failure that the library reports is a plain Error. */
function isBreakdown(error: unknown): boolean {
  const { name } = error as Error;
  return name === "RuntimeError" || name === "RangeError";
}

/** Parts of an Emscripten stream that decide where its bytes go. */
interface EmscriptenStream {
  readonly fd: number;
  node?: { readonly mode: number };
  stream_ops?: {
    write(stream: unknown, buffer: Int8Array, offset: number, length: number): number;
  };
}

interface EmscriptenFiles {
  readonly streams: readonly (EmscriptenStream | null | undefined)[];
  close(stream: EmscriptenStream): void;
}

const STANDARD_ERROR = 2;

/** Gives the library's standard error stream an end of its own, so that it neither prints nor holds back. */
function captureStandardError({ FS }: Hdf5Library): Diagnostics {
  const decoder = new TextDecoder();
  let text = "";
  const stream = (FS as unknown as EmscriptenFiles).streams[STANDARD_ERROR];
  if (stream) {
    stream.node = { mode: 0 };
    stream.stream_ops = {
      write(_stream, buffer, offset, length) {
        const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length);
        text = (text + decoder.decode(bytes)).slice(-KEPT_CHARACTERS);
        return length;
      },
    };
  }
  return {
    clear() {
      text = "";
    },
    reasons: () => stackReasons(text),
  };
}

/** Closes the host files of a lost instance, which can no longer do so itself. */
function closeFiles({ FS }: Hdf5Library): void {
  const files = FS as unknown as EmscriptenFiles;
  for (const stream of files.streams) if (stream && stream.fd > STANDARD_ERROR) files.close(stream);
}

/** The texts of an HDF5 error stack: frames are `#003: H5Zdeflate.c line 140 in H5Z__filter_deflate(): inflate() failed`. */
export function stackReasons(stack: string): string[] {
  return [...stack.matchAll(/^ *#\d+: .*?\(\): (.*)$/gm)].map((frame) => frame[1]!);
}
