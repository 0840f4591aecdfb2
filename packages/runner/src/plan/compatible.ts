/** Whether the grids of several products can be aggregated together. */
import type { GridPlugin } from "@zagg/core";

export interface Product {
  readonly name: string;
  readonly grid: GridPlugin;
}

export interface ProductPair {
  readonly a: string;
  readonly b: string;
  /** Both ways: `a` nests with `b` and `b` with `a`. */
  readonly compatible: boolean;
  /** Why not; null for a compatible pair. */
  readonly reason: string | null;
}

export interface Compatibility {
  readonly compatible: boolean;
  /** Every pair, in the order given. */
  readonly pairs: readonly ProductPair[];
}

/** Compares every pair of grids. One family, aligned, equal output-field sets: a grid decides. */
export function checkCompatible(products: readonly Product[]): Compatibility {
  const pairs = products.flatMap((a, i) => products.slice(i + 1).map((b) => comparePair(a, b)));
  return { compatible: pairs.every(({ compatible }) => compatible), pairs };
}

function comparePair(a: Product, b: Product): ProductPair {
  const compatible = a.grid.nestsWith(b.grid) && b.grid.nestsWith(a.grid);
  return { a: a.name, b: b.name, compatible, reason: compatible ? null : reasonOf(a.grid, b.grid) };
}

/** What the signatures say of a pair that does not nest. */
function reasonOf(a: GridPlugin, b: GridPlugin): string {
  if (a.type !== b.type) return `one grid is ${a.type}, the other ${b.type}`;
  const [own, other] = [a, b].map((grid) => fieldNames(grid)) as [string[], string[]];
  const only = (names: string[], than: string[]) => names.filter((field) => !than.includes(field));
  const different = [...only(own, other), ...only(other, own)];
  if (different.length > 0) return `output fields differ: ${[...new Set(different.map(nameOf))].join(", ")}`;
  return "the grids are not aligned: their spatial signatures do not fit each other";
}

/** One text a field, so that fields of one name and different shape or dtype differ. */
function fieldNames(grid: GridPlugin): string[] {
  return grid.signature().output_fields.map((field) => JSON.stringify(field));
}

function nameOf(field: string): string {
  return (JSON.parse(field) as { name: string }).name;
}
