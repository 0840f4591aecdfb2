/** The spellings of stored types in an expression. */
import { dtypes, type DType } from "@zagg/core";
import type { Tree } from "./tree.js";

const spellings: ReadonlyMap<string, DType> = new Map<string, DType>([
  ...dtypes.map((dtype) => [dtype, dtype] as const),
  ["bool_", "bool"],
  ["single", "float32"],
  ["double", "float64"],
  ["int_", "int64"],
  ["intp", "int64"],
  ["float", "float64"],
  ["int", "int64"],
  ["f4", "float32"],
  ["f8", "float64"],
  ...[1, 2, 4, 8].flatMap((bytes): [string, DType][] => [
    [`i${bytes}`, `int${bytes * 8}` as DType],
    [`u${bytes}`, `uint${bytes * 8}` as DType],
  ]),
]);

/** Names after `np.` that are types: `np.float32`. */
export const numpyTypeNames: ReadonlySet<string> = new Set(
  [...spellings.keys()].filter((name) => !/^[fiu]\d$/.test(name) && name !== "float" && name !== "int"),
);

/** The type that `float32`, `<f4`, `int` … means; undefined for none. */
export function typeNamed(name: string): DType | undefined {
  return spellings.get(name.replace(/^[<=|]/, ""));
}

/** The type that a piece of an expression names: `"uint32"`, `np.uint32`, `int`; undefined for none. */
export function typeOfTree(tree: Tree): DType | undefined {
  switch (tree.kind) {
    case "string":
      return typeNamed(tree.value);
    case "name":
      return ["float", "int", "bool"].includes(tree.name) ? typeNamed(tree.name) : undefined;
    case "attribute": {
      const { object, name } = tree;
      const numpy = object.kind === "name" && (object.name === "np" || object.name === "numpy");
      return numpy && numpyTypeNames.has(name) ? typeNamed(name) : undefined;
    }
    default:
      return undefined;
  }
}
