/** Where values of variable length are. HDF5 File Format Specification 3.0, section III.E. */
import { Damage } from "../problems.js";
import { Cursor } from "./cursor.js";
import type { FileBytes } from "./file-bytes.js";

/** Reads values by where they are; a collection that many lie in is read once. */
export interface GlobalHeap {
  /** @param index of the object in its collection. @throws Damage */
  object(collection: number, index: number): Promise<Uint8Array>;
}

export function globalHeap(file: FileBytes): GlobalHeap {
  const collections = new Map<number, Promise<ReadonlyMap<number, Uint8Array>>>();
  return {
    async object(collection, index) {
      const known = collections.get(collection) ?? readCollection(file, collection);
      collections.set(collection, known);
      const found = (await known).get(index);
      if (found === undefined) throw new Damage(`the heap at ${collection} has no object ${index}`);
      return found;
    },
  };
}

async function readCollection(file: FileBytes, address: number): Promise<ReadonlyMap<number, Uint8Array>> {
  const headBytes = 8 + file.lengthBytes;
  const head = await file.cursor(address, headBytes);
  head.signature("GCOL");
  head.version(1, "a heap of values");
  head.skip(3);
  const size = head.uint(file.lengthBytes);
  if (size < headBytes) throw new Damage("a heap of values has an impossible size");
  const cursor = new Cursor(await file.read(address, size), headBytes);
  const objects = new Map<number, Uint8Array>();
  while (cursor.left >= 8 + file.lengthBytes) {
    const index = cursor.u16();
    cursor.skip(6);
    const length = cursor.uint(file.lengthBytes);
    if (index === 0) break; // the rest is free
    objects.set(index, cursor.take(length));
    cursor.skip(Math.min(cursor.left, (8 - (length % 8)) % 8));
  }
  return objects;
}
