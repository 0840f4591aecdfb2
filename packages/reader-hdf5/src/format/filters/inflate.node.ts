/** Deflate with zlib, off the event loop. RFC 1950. */
import { inflate } from "node:zlib";
import { Damage } from "../problems.js";

/** @param length most bytes of the result. @throws Damage */
export function inflated(bytes: Uint8Array, length: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    inflate(
      bytes,
      { chunkSize: Math.max(64, length), maxOutputLength: Math.max(1, length) },
      (error, out) => {
        if (error === null) resolve(out);
        else reject(new Damage(`a compressed chunk is damaged (${error.message})`));
      },
    );
  });
}
