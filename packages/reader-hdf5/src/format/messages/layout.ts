/** How the elements of a dataset are laid out in the file. HDF5 File Format Specification 3.0, section IV.A.2.i. */
import { Damage, UnsupportedLayout } from "../problems.js";
import { Cursor } from "../structure/cursor.js";

/** How chunks are found, with what the layout message says of it. */
export type ChunkIndex =
  | { readonly kind: "btree-v1" }
  | {
      readonly kind: "single";
      readonly stored: { readonly size: number; readonly filterMask: number } | undefined;
    }
  | { readonly kind: "implicit" }
  | { readonly kind: "fixed-array" }
  | { readonly kind: "extensible-array" }
  | { readonly kind: "btree-v2" };

export type Layout =
  | { readonly kind: "compact"; readonly bytes: Uint8Array }
  | { readonly kind: "contiguous"; readonly address: number | undefined; readonly size: number | undefined }
  | {
      readonly kind: "chunked";
      /** Extent of a chunk in each dimension of the dataset. */
      readonly chunkShape: readonly number[];
      readonly index: ChunkIndex;
      /** Where the index is; undefined when no chunk was ever written. */
      readonly address: number | undefined;
      /** True when chunks that reach over the edge of the dataset are stored without filters. */
      readonly plainEdges: boolean;
    };

/** @throws Damage; UnsupportedLayout for virtual datasets */
export function parseLayout(bytes: Uint8Array, offsetBytes: number, lengthBytes: number): Layout {
  const cursor = new Cursor(bytes);
  const version = cursor.u8();
  if (version === 1 || version === 2) return oldLayout(cursor, offsetBytes);
  if (version < 3 || version > 5) throw new Damage(`a layout has version ${version}`);
  const kind = cursor.u8();
  switch (kind) {
    case 0:
      return { kind: "compact", bytes: cursor.take(cursor.u16()) };
    case 1:
      return {
        kind: "contiguous",
        address: cursor.address(offsetBytes),
        size: cursor.uint(lengthBytes),
      };
    case 2:
      return version === 3 ? chunkedByBtree(cursor, offsetBytes) : chunked(cursor, offsetBytes, lengthBytes);
    case 3:
      throw new UnsupportedLayout("a virtual dataset");
    default:
      throw new Damage(`a layout is of class ${kind}`);
  }
}

function oldLayout(cursor: Cursor, offsetBytes: number): Layout {
  const rank = cursor.u8();
  const kind = cursor.u8();
  cursor.skip(5);
  const address = kind === 0 ? undefined : cursor.address(offsetBytes);
  const extents = Array.from({ length: rank }, () => cursor.u32());
  if (kind === 0) return { kind: "compact", bytes: cursor.take(cursor.u32()) };
  if (kind === 1) return { kind: "contiguous", address, size: undefined };
  if (kind === 2) return chunkedLayout(extents, { kind: "btree-v1" }, address, false);
  throw new Damage(`a layout is of class ${kind}`);
}

function chunkedByBtree(cursor: Cursor, offsetBytes: number): Layout {
  const rank = cursor.u8();
  const address = cursor.address(offsetBytes);
  const extents = Array.from({ length: rank }, () => cursor.u32());
  return chunkedLayout(extents, { kind: "btree-v1" }, address, false);
}

function chunked(cursor: Cursor, offsetBytes: number, lengthBytes: number): Layout {
  const flags = cursor.u8();
  const rank = cursor.u8();
  const width = cursor.u8();
  if (width < 1 || width > 8) throw new Damage(`extents of chunks have ${width} bytes`);
  const extents = Array.from({ length: rank }, () => cursor.uint(width));
  const index = chunkIndex(cursor, (flags & 2) !== 0, lengthBytes);
  return chunkedLayout(extents, index, cursor.address(offsetBytes), (flags & 1) !== 0);
}

function chunkIndex(cursor: Cursor, isFilteredSingle: boolean, lengthBytes: number): ChunkIndex {
  const kind = cursor.u8();
  switch (kind) {
    case 1:
      return {
        kind: "single",
        stored: isFilteredSingle ? { size: cursor.uint(lengthBytes), filterMask: cursor.u32() } : undefined,
      };
    case 2:
      return { kind: "implicit" };
    // What follows here, the index repeats in its own header.
    case 3:
      cursor.skip(1);
      return { kind: "fixed-array" };
    case 4:
      cursor.skip(5);
      return { kind: "extensible-array" };
    case 5:
      cursor.skip(6);
      return { kind: "btree-v2" };
    default:
      throw new Damage(`chunks are found by an index of kind ${kind}`);
  }
}

/** @param extents those of a chunk, and behind them the size of an element, which the datatype says too */
function chunkedLayout(
  extents: readonly number[],
  index: ChunkIndex,
  address: number | undefined,
  plainEdges: boolean,
): Layout {
  const chunkShape = extents.slice(0, -1);
  if (chunkShape.length === 0 || extents.some((extent) => extent === 0))
    throw new Damage("a chunk has no extent");
  return { kind: "chunked", chunkShape, index, address, plainEdges };
}
