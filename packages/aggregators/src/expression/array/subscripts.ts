/** Compiles subscripts. */
import type { Tree, TreeOf } from "../tree.js";
import type { ArrayCallSite } from "./array-calls.js";
import { toArray, wholeNumber } from "./convert.js";
import { indexArray, type IndexPart } from "./indexing.js";
import { isArray, type Operand } from "./nd-array.js";
import type { ArrayScope, Evaluate } from "./scope.js";

/** `object[index]`. */
export function compileSubscript(site: ArrayCallSite, { object, index, at }: TreeOf<"subscript">): Evaluate {
  const of = site.compile(object);
  const complain = site.at(at);
  const parts = (index.kind === "tuple" ? index.items : [index]).map((part) => indexPart(site, part));
  return (scope) => {
    const value = of(scope);
    const found = parts.map((part) => {
      const one = part(scope);
      return one.kind === "value" && Array.isArray(one.value)
        ? { ...one, value: toArray(one.value, complain) }
        : one;
    });
    if (isArray(value)) return indexArray(value, found, complain);
    if (!Array.isArray(value)) throw complain.type("a text or None is indexed", "only arrays and tuples are");
    const [only] = found;
    if (found.length !== 1 || only?.kind !== "value")
      throw complain.type("a tuple is sliced", "take one of its items");
    const items = value as readonly Operand[];
    const number = wholeNumber(only.value, "the index of a tuple", complain);
    const item = items[number < 0 ? number + items.length : number];
    if (item === undefined)
      throw complain.value(
        `item ${number} of a tuple of ${items.length} is asked for`,
        "there is no such item",
      );
    return item;
  };
}

function indexPart(site: ArrayCallSite, tree: Tree): (scope: ArrayScope) => IndexPart {
  if (tree.kind !== "slice") {
    const value = site.compile(tree);
    return (scope) => ({ kind: "value", value: value(scope) });
  }
  const complain = site.at(tree.at);
  const bounds = [0, 1, 2].map((i) => {
    const part = tree.parts[i];
    return part === null || part === undefined ? undefined : site.compile(part);
  });
  return (scope) => {
    const [start = null, stop = null, step = null] = bounds.map((bound) => {
      const value = bound?.(scope) ?? null;
      return value === null ? null : wholeNumber(value, "a bound of a slice", complain);
    });
    return { kind: "slice", start, stop, step };
  };
}
