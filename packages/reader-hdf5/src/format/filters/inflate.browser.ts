/** Deflate with the platform's own decompression. RFC 1950. */
import { Damage } from "../problems.js";

/** @param length most bytes of the result. @throws Damage */
export async function inflated(bytes: Uint8Array, length: number): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream("deflate"));
  const out = new Uint8Array(length);
  let at = 0;
  try {
    for (const reader = stream.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (at + value.length > length) throw new Damage("a compressed chunk is longer than its plain form");
      out.set(value, at);
      at += value.length;
    }
  } catch (cause) {
    if (cause instanceof Damage) throw cause;
    throw new Damage(`a compressed chunk is damaged (${String(cause)})`);
  }
  return out.subarray(0, at);
}
