/** `zagg inspect`: what a store holds. */
import type { Json } from "@zagg/core";
import { declaredElements, readHierarchy, type StoredArray } from "@zagg/zarr";
import { bytes, table, thousands } from "../output/table.js";
import { print, printJson } from "../output/terminal.js";
import type { Session } from "../session.js";

/** Prints the groups and arrays of a store. */
export async function inspect(
  uri: string,
  { json }: { json?: boolean },
  { terminal, registry }: Session,
): Promise<void> {
  const summary = await readHierarchy((await registry()).store(uri).open(uri));
  if (json === true) {
    return printJson(terminal, {
      version: "zagg-inspect/1",
      store: uri,
      ...summary,
      arrays: summary.arrays.map(withExactFill),
    });
  }
  const rows = summary.arrays.map((array) => [
    array.path,
    elements(array),
    shape(array.shape),
    shape(array.chunkShape),
    shape(array.storedShape),
    String(array.fillValue),
    thousands(array.objects),
    bytes(array.bytes),
  ]);
  print(terminal, table(rows, ["array", "dtype", "shape", "chunk", "object", "fill", "objects", "stored"]));
  const state = summary.consolidated ? "consolidated" : "not consolidated";
  print(terminal, `\n${thousands(summary.objects)} objects, ${bytes(summary.bytes)}, metadata ${state}`);
}

/** Fill values beyond 2^53 as text, as JSON numbers would be rounded. */
function withExactFill(array: StoredArray): Omit<StoredArray, "fillValue"> & { readonly fillValue: Json } {
  const { fillValue } = array;
  return { ...array, fillValue: typeof fillValue === "bigint" ? String(fillValue) : fillValue };
}

/** The dtype; of a ragged array what its bytes are, which its attribute says. */
function elements({ dtype, attributes }: StoredArray): string {
  const declared = declaredElements(attributes);
  if (declared === undefined) return dtype;
  const inner = declared.innerShape.length === 0 ? "" : ` [${declared.innerShape.join(", ")}]`;
  return `ragged ${declared.dtype}${inner}`;
}

function shape(extents: readonly number[] | null): string {
  return extents === null ? "-" : extents.map(thousands).join(" × ");
}
