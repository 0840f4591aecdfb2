/** Whether an expression needs more than one value for each row or cell. */
import { elementwiseFunctions } from "../functions.js";
import { methods, plainNames } from "../names.js";
import { reductions } from "../reductions.js";
import type { Tree } from "../tree.js";
import { arrayMembers } from "./array-calls.js";
import { arrayFunctions } from "./functions/index.js";

/** Arguments that functions of values of rows and cells know by name. */
const plainArguments: ReadonlySet<string> = new Set([
  "a", "x", "x1", "x2", "condition", "y", "a_min", "a_max", "decimals", "ddof", "q", "weights", "dtype",
]); // prettier-ignore

/** @param chunkValues names that are arrays of unknown shape */
export function needsArrays(tree: Tree, chunkValues: ReadonlySet<string>): boolean {
  const needs = (part: Tree): boolean => needsArrays(part, chunkValues);
  switch (tree.kind) {
    case "subscript":
    case "slice":
    case "tuple":
    case "list":
      return true;
    case "name":
      return chunkValues.has(tree.name);
    case "attribute":
      if (isNumpy(tree.object)) return tree.name === "newaxis";
      return (tree.name !== "size" && arrayMembers.includes(tree.name)) || needs(tree.object);
    case "call": {
      const { callee, args } = tree;
      if (
        args.some(
          ({ name, value }) => (name !== null && !plainArguments.has(name)) || isNone(value) || needs(value),
        )
      )
        return true;
      if (callee.kind !== "attribute") return false;
      const { name, object } = callee;
      if (isNumpy(object)) {
        const isPlain = plainNames.includes(name);
        const takesAxis =
          reductions.get(name)?.required === undefined && reductions.has(name) && args.length > 1;
        const few =
          elementwiseFunctions.has(name) && args.length < (elementwiseFunctions.get(name)?.required ?? 0);
        return (!isPlain && arrayFunctions.has(name)) || (takesAxis && args[1]?.name === null) || few;
      }
      return (!methods.has(name) && name !== "astype" && arrayMembers.includes(name)) || needs(object);
    }
    case "unary":
      return needs(tree.operand);
    case "binary":
      return tree.operator === "@" || needs(tree.left) || needs(tree.right);
    case "boolean":
      return needs(tree.left) || needs(tree.right);
    case "compare":
      return tree.operands.some(needs);
    case "conditional":
      return needs(tree.test) || needs(tree.yes) || needs(tree.no);
    default:
      return false;
  }
}

/** What stands for an argument that is left out. */
function isNone(tree: Tree): boolean {
  return tree.kind === "constant" && tree.value === null;
}

export function isNumpy(tree: Tree): boolean {
  return tree.kind === "name" && (tree.name === "np" || tree.name === "numpy");
}
