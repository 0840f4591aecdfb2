/** LZF, the compression of h5py. Format: Marc Lehmann, liblzf, lzf_d.c. */
import { Damage } from "../problems.js";

/** @param length most bytes of the result. @throws Damage */
export function unpackedLzf(bytes: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let from = 0;
  let at = 0;
  const next = () => {
    const byte = bytes[from++];
    if (byte === undefined) throw new Damage("a compressed chunk is cut off");
    return byte;
  };
  while (from < bytes.length) {
    const control = next();
    if (control < 32) {
      const run = control + 1;
      if (from + run > bytes.length || at + run > length) throw new Damage("a compressed chunk is damaged");
      out.set(bytes.subarray(from, from + run), at);
      from += run;
      at += run;
      continue;
    }
    let run = control >> 5;
    if (run === 7) run += next();
    run += 2;
    let back = at - ((control & 0x1f) << 8) - next() - 1;
    if (back < 0 || at + run > length) throw new Damage("a compressed chunk is damaged");
    for (let i = 0; i < run; i++) out[at++] = out[back++]!;
  }
  return out.subarray(0, at);
}
