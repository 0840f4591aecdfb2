/** Bytes of elements side by side, as the shuffle filter stores them. HDF5 User's Guide, "Shuffle". */

/** @param itemBytes bytes of an element; bytes beyond the last whole one were left in place */
export function unshuffled(bytes: Uint8Array, itemBytes: number): Uint8Array {
  if (itemBytes <= 1 || itemBytes > bytes.length) return bytes;
  const count = Math.floor(bytes.length / itemBytes);
  const out = new Uint8Array(bytes.length);
  unshuffleRun(bytes, itemBytes, 0, out, 0, count);
  out.set(bytes.subarray(count * itemBytes), count * itemBytes);
  return out;
}

/**
 * Puts some elements of a shuffled chunk together again.
 * @param bytes the whole chunk, of elements only
 * @param source the first element that is wanted
 * @param out **mutated**: a buffer from its start, `count` elements from element `target` on
 */
export function unshuffleRun(
  bytes: Uint8Array,
  itemBytes: number,
  source: number,
  out: Uint8Array,
  target: number,
  count: number,
): void {
  const all = Math.floor(bytes.length / itemBytes);
  if (itemBytes === 4 && out.byteOffset % 4 === 0) fourBytes(bytes, all, source, out, target, count);
  else if (itemBytes === 8 && out.byteOffset % 4 === 0) eightBytes(bytes, all, source, out, target, count);
  else
    for (let plane = 0; plane < itemBytes; plane++) {
      const from = plane * all + source;
      for (let i = 0, at = target * itemBytes + plane; i < count; i++, at += itemBytes)
        out[at] = bytes[from + i]!;
    }
}

function fourBytes(
  bytes: Uint8Array,
  all: number,
  source: number,
  out: Uint8Array,
  target: number,
  count: number,
): void {
  const words = new Uint32Array(out.buffer, out.byteOffset + 4 * target, count);
  let a = source;
  let b = a + all;
  let c = b + all;
  let d = c + all;
  for (let i = 0; i < count; i++)
    words[i] = bytes[a++]! | (bytes[b++]! << 8) | (bytes[c++]! << 16) | (bytes[d++]! << 24);
}

function eightBytes(
  bytes: Uint8Array,
  all: number,
  source: number,
  out: Uint8Array,
  target: number,
  count: number,
): void {
  const words = new Uint32Array(out.buffer, out.byteOffset + 8 * target, 2 * count);
  for (let half = 0; half < 2; half++) {
    let a = source + 4 * half * all;
    let b = a + all;
    let c = b + all;
    let d = c + all;
    for (let i = half; i < 2 * count; i += 2)
      words[i] = bytes[a++]! | (bytes[b++]! << 8) | (bytes[c++]! << 16) | (bytes[d++]! << 24);
  }
}
