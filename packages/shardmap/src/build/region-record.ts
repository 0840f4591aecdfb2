/** What a map records of the region it was built for. */
import type { JsonObject, Region, Ring } from "@zagg/core";
import { boxOfRegion } from "@zagg/sphere";

/**
 * A region by its SHA-256, its size and its bounding box. The hash is taken over 64-bit little-endian floats: the number of polygons; of
 * each, the number of rings; of each, the number of vertices and then longitude and latitude of every vertex, in the
 * ring's direction from the vertex that comes first by longitude, then latitude. So it does not matter at which vertex a
 * file starts a ring, nor whether it repeats that vertex at the end.
 */
export async function regionRecord(region: Region): Promise<JsonObject> {
  const numbers: number[] = [region.length];
  for (const polygon of region) {
    numbers.push(polygon.length);
    for (const ring of polygon) {
      const from = firstVertex(ring);
      const count = ring.lonDeg.length;
      numbers.push(count);
      // Plus zero: minus zero is the same place.
      for (let i = from; i < from + count; i++) {
        numbers.push(ring.lonDeg[i % count]! + 0, ring.latDeg[i % count]! + 0);
      }
    }
  }
  const drawn = region.filter(([outer]) => outer !== undefined && outer.lonDeg.length > 0);
  const bbox = drawn.length === 0 ? null : boxOfRegion(drawn).map((degrees) => degrees + 0);
  return { sha256: await sha256(littleEndian(numbers)), bbox, ...regionSize(region) };
}

/** How much there is of a region; with its box it tells regions apart, short of its hash. */
export function regionSize(region: Region): { readonly polygons: number; readonly vertices: number } {
  const vertices = region.flat().reduce((sum, { lonDeg }) => sum + lonDeg.length, 0);
  return { polygons: region.length, vertices };
}

function firstVertex({ lonDeg, latDeg }: Ring): number {
  let first = 0;
  for (let i = 1; i < lonDeg.length; i++) {
    const [lon, lat] = [lonDeg[i]!, latDeg[i]!];
    const least = lonDeg[first]!;
    if (lon < least || (lon === least && lat < latDeg[first]!)) first = i;
  }
  return first;
}

function littleEndian(numbers: readonly number[]): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(8 * numbers.length));
  numbers.forEach((number, i) => view.setFloat64(8 * i, number, true));
  return view.buffer;
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
