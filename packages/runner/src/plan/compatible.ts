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
}

export interface Compatibility {
  readonly compatible: boolean;
  /** Every pair, in the order given. */
  readonly pairs: readonly ProductPair[];
}

/** Compares every pair of grids. One family, aligned, equal output-field sets: a grid decides. */
export function checkCompatible(products: readonly Product[]): Compatibility {
  const pairs = products.flatMap((a, i) =>
    products.slice(i + 1).map((b) => ({
      a: a.name,
      b: b.name,
      compatible: a.grid.nestsWith(b.grid) && b.grid.nestsWith(a.grid),
    })),
  );
  return { compatible: pairs.every(({ compatible }) => compatible), pairs };
}
