/** Extents of a dataset or attribute. HDF5 File Format Specification 3.0, section IV.A.2.b. */
import { Damage } from "../problems.js";
import { Cursor } from "../structure/cursor.js";

export interface Dataspace {
  /** Extent of each dimension; empty for a scalar. */
  readonly shape: readonly number[];
  /** Largest extent that each dimension may grow to; `Infinity` for one without limit. */
  readonly limits: readonly number[];
  /** True where there is no value at all, not even one. */
  readonly isNull: boolean;
}

const MOST_DIMENSIONS = 32;

/** @throws Damage */
export function parseDataspace(bytes: Uint8Array, lengthBytes: number): Dataspace {
  const cursor = new Cursor(bytes);
  const version = cursor.u8();
  if (version !== 1 && version !== 2) throw new Damage(`a dataspace has version ${version}`);
  const rank = cursor.u8();
  if (rank > MOST_DIMENSIONS) throw new Damage(`a dataspace has ${rank} dimensions`);
  const flags = cursor.u8();
  const isNull = version === 2 && cursor.u8() === 2;
  if (version === 1) cursor.skip(5);
  const shape = Array.from({ length: rank }, () => cursor.uint(lengthBytes));
  const limits = (flags & 1) === 0 ? shape : shape.map(() => cursor.limit(lengthBytes));
  if (shape.some((extent, i) => extent > limits[i]!)) throw new Damage("an extent is beyond its limit");
  if (!Number.isSafeInteger(elementCount(shape))) throw new Damage("a dataspace has more than 2^53 elements");
  return { shape, limits, isNull };
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((count, extent) => count * extent, 1);
}
