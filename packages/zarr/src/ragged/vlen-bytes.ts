/** Payloads of variable length as the bytes of one chunk. numcodecs, codec "vlen-bytes". */
import { StoreError } from "@zagg/core";

const LENGTH_BYTES = 4;

/** Where the payloads of a chunk are in its bytes. */
export interface PayloadBytes {
  /** First byte of each payload in `bytes`; length cells. */
  readonly starts: Float64Array;
  /** Bytes of each payload; length cells. */
  readonly lengths: Float64Array;
}

/**
 * The number of payloads, then each as its length and its bytes; numbers are 32-bit little endian.
 * @param offsets length cells + 1; payload c is bytes[offsets[c] · scale … offsets[c+1] · scale)
 * @param scale bytes of one element
 */
export function encodeVlenBytes(bytes: Uint8Array, offsets: Int32Array, scale: number): Uint8Array {
  const cells = offsets.length - 1;
  const first = offsets[0]!;
  const payload = (offsets[cells]! - first) * scale;
  const out = new Uint8Array(LENGTH_BYTES * (cells + 1) + payload);
  const view = new DataView(out.buffer);
  view.setUint32(0, cells, true);
  let at = LENGTH_BYTES;
  for (let cell = 0; cell < cells; cell++) {
    const start = offsets[cell]! * scale;
    const stop = offsets[cell + 1]! * scale;
    view.setUint32(at, stop - start, true);
    at += LENGTH_BYTES;
    for (let i = start; i < stop; i++) out[at++] = bytes[i]!;
  }
  return out;
}

/**
 * Finds the payloads of a chunk.
 * @param cells how many there must be
 * @throws StoreError `CHUNK_CORRUPT`
 */
export function parseVlenBytes(bytes: Uint8Array, cells: number): PayloadBytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const counted = bytes.length < LENGTH_BYTES ? -1 : view.getUint32(0, true);
  if (counted !== cells) throw corrupt(`it says that it holds ${counted} payloads, and a chunk has ${cells}`);
  const found = { starts: new Float64Array(cells), lengths: new Float64Array(cells) };
  let at = LENGTH_BYTES;
  for (let cell = 0; cell < cells; cell++) {
    if (at + LENGTH_BYTES > bytes.length) throw corrupt(`it ends before payload ${cell}`);
    const length = view.getUint32(at, true);
    at += LENGTH_BYTES;
    if (at + length > bytes.length)
      throw corrupt(`payload ${cell} has ${length} bytes and ${bytes.length - at} are left`);
    found.starts[cell] = at;
    found.lengths[cell] = length;
    at += length;
  }
  if (at !== bytes.length) throw corrupt(`${bytes.length - at} bytes follow its last payload`);
  return found;
}

function corrupt(why: string): StoreError {
  return new StoreError("CHUNK_CORRUPT", {
    what: "a chunk of payloads cannot be read",
    why,
    mend: "write the chunk again; it was cut short or altered after it was written",
  });
}
