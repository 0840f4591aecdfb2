/** Whether a hierarchy can be stored as Zarr 3, checked before anything is written. */
import { PluginError, itemSize, type ArraySpec, type HierarchySpec, type Json } from "@zagg/core";
import { MOST_COMPRESSIBLE_BYTES } from "../blocks/chunk.js";
import { holdsFillValue } from "./fill-value.js";
import { parentPath } from "./metadata.js";

/** Zarr 3 core specification, section "Node names". */
const reservedName = /^(\.*|__.*|zarr\.json)$/;
const LARGEST_EXTENT = 2 ** 63;

/** @throws PluginError `HIERARCHY_INVALID` */
export function assertHierarchy({ groups, arrays }: HierarchySpec): void {
  const groupPaths = new Set(["", ...groups.map(({ path }) => path)]);
  const seen = new Set<string>();
  for (const { path, attributes } of [...groups, ...arrays]) {
    if (seen.has(path)) refuse(path, "two members have this path", "give each its own");
    seen.add(path);
    if (path !== "" && path.split("/").some((name) => reservedName.test(name))) {
      refuse(
        path,
        "a name is empty, only dots, reserved, or begins with two underscores",
        "choose another name",
      );
    }
    if (!groupPaths.has(parentPath(path))) refuse(path, "no group holds it", "list its parent group as well");
    if (holdsNonFinite(attributes)) {
      refuse(
        path,
        "an attribute is NaN or infinite, which JSON cannot hold",
        "leave it out, or spell it as text",
      );
    }
  }
  for (const array of arrays) assertArray(array);
}

function assertArray(array: ArraySpec): void {
  const { path, dtype, shape, blockShape, chunkShape, dimensions, fillValue } = array;
  if (path === "") refuse(path, "it is an array at the root", "put arrays below the root");
  const rank = shape.length;
  if ([blockShape, chunkShape, dimensions].some(({ length }) => length !== rank)) {
    refuse(
      path,
      `its shape, blocks, chunks and dimension names are not all of rank ${rank}`,
      "give one of each a dimension",
    );
  }
  if (!shape.every((extent) => Number.isInteger(extent) && extent >= 0 && extent < LARGEST_EXTENT)) {
    refuse(path, `its shape is [${shape.join(", ")}]`, "use whole numbers from 0 to 2^63 - 1");
  }
  if (![...blockShape, ...chunkShape].every((extent) => Number.isSafeInteger(extent) && extent > 0)) {
    refuse(
      path,
      `its blocks are [${blockShape.join(", ")}] and its chunks [${chunkShape.join(", ")}]`,
      "use whole numbers from 1",
    );
  }
  if (!blockShape.every((extent, axis) => extent % chunkShape[axis]! === 0)) {
    refuse(
      path,
      `chunks of [${chunkShape.join(", ")}] do not tile blocks of [${blockShape.join(", ")}]`,
      "make each block a whole number of chunks",
    );
  }
  const chunkBytes = chunkShape.reduce((bytes, extent) => bytes * extent, itemSize(dtype));
  if (array.compression === "zstd" && chunkBytes > MOST_COMPRESSIBLE_BYTES) {
    refuse(
      path,
      `a chunk has ${chunkBytes} bytes, and zstd takes ${MOST_COMPRESSIBLE_BYTES} here`,
      "use smaller chunks",
    );
  }
  if (array.ragged !== undefined) {
    const { innerShape } = array.ragged;
    if (!innerShape.every((extent) => Number.isSafeInteger(extent) && extent > 0)) {
      refuse(path, `its elements are of shape [${innerShape.join(", ")}]`, "use whole numbers from 1");
    }
    return;
  }
  if (!holdsFillValue(dtype, fillValue)) {
    refuse(path, `its fill value ${String(fillValue)} does not fit ${dtype}`, "choose a value of that type");
  }
}

function holdsNonFinite(value: Json): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  return typeof value === "object" && value !== null && Object.values(value).some(holdsNonFinite);
}

function refuse(path: string, why: string, mend: string): never {
  const what = `"${path}" cannot be stored as Zarr`;
  throw new PluginError("HIERARCHY_INVALID", { what, why, mend, path });
}
