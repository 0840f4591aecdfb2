/** A short name for a geometry: FNV-1a, 64 bits (Fowler, Noll and Vo; RFC 9923, section 5). */
import type { Region } from "@zagg/core";

/** Offset basis 0xcbf29ce484222325, as two 32-bit lanes. */
const BASIS_HIGH = 0xcbf29ce4;
const BASIS_LOW = 0x84222325;
/** The prime is 2^40 + 0x1b3: a shift of the low lane by 8 into the high one, and a product. */
const PRIME_LOW = 0x1b3;

/**
 * Sixteen hexadecimal digits that change with any vertex, with its ring, its polygon or its zone, and with nothing else:
 * the hash of the zones as JSON, `[lon, lat]` per vertex, without closing vertices.
 */
export function fingerprintOf(zones: readonly Region[]): string {
  return fnv1a(
    JSON.stringify(
      zones.map((polygons) =>
        polygons.map((rings) =>
          rings.map(({ lonDeg, latDeg }) => Array.from(lonDeg, (lon, i) => [lon, latDeg[i]!])),
        ),
      ),
    ),
  );
}

/** FNV-1a of a text of ASCII characters, as sixteen hexadecimal digits. */
export function fnv1a(text: string): string {
  let high = BASIS_HIGH;
  let low = BASIS_LOW;
  for (let i = 0; i < text.length; i++) {
    low = (low ^ text.charCodeAt(i)) >>> 0;
    const product = low * PRIME_LOW;
    high = (high * PRIME_LOW + low * 2 ** 8 + Math.floor(product / 2 ** 32)) % 2 ** 32;
    low = product >>> 0;
  }
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}
