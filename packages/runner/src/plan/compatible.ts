/** Whether the grids of several products can be aggregated together. */
import { RunError, type GridPlugin, type JsonObject } from "@zagg/core";
import { gridsOverlap } from "./overlap.js";

export interface Product {
  readonly name: string;
  readonly grid: GridPlugin;
}

export interface ProductPair {
  readonly a: string;
  readonly b: string;
  /** Both ways: `a` nests with `b` and `b` with `a`: one family, aligned, equal output-field sets. */
  readonly nests: boolean;
  /** Whether the two have places in common; null when that cannot be told. */
  readonly overlap: boolean | null;
  /** They nest, and are not known to lie apart. */
  readonly compatible: boolean;
  /** Why not; null for a compatible pair. */
  readonly reason: string | null;
}

export interface Compatibility {
  readonly compatible: boolean;
  /** Every pair, in the order given. */
  readonly pairs: readonly ProductPair[];
}

/** Compares every pair of grids: whether they nest, which the grids decide, and whether they overlap. */
export function checkCompatible(products: readonly Product[]): Compatibility {
  const pairs = products.flatMap((a, i) => products.slice(i + 1).map((b) => comparePair(a, b)));
  return { compatible: pairs.every(({ compatible }) => compatible), pairs };
}

function comparePair(a: Product, b: Product): ProductPair {
  const nests = a.grid.nestsWith(b.grid) && b.grid.nestsWith(a.grid);
  const overlap = gridsOverlap(a.grid, b.grid);
  const reason = !nests
    ? reasonOf(a.grid, b.grid)
    : overlap === false
      ? "the grids have no place in common"
      : null;
  return { a: a.name, b: b.name, nests, overlap, compatible: reason === null, reason };
}

/**
 * Refuses products that cannot be aggregated together.
 * @throws RunError `PRODUCTS_INCOMPATIBLE` with the report in its details
 */
export function validateCompatible(products: readonly Product[]): void {
  const report = checkCompatible(products);
  if (report.compatible) return;
  const broken = report.pairs.filter(({ compatible }) => !compatible);
  throw new RunError("PRODUCTS_INCOMPATIBLE", {
    what: `${broken.length} of ${report.pairs.length} pairs of products cannot be aggregated together`,
    why: broken.map(({ a, b, reason }) => `${a} and ${b}: ${reason}`).join("; "),
    mend: "give them one grid family, aligned cells and equal output fields",
    details: report as unknown as JsonObject,
  });
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

/** One text per field, so that fields of one name and different shape or dtype differ. */
function fieldNames(grid: GridPlugin): string[] {
  return grid.signature().output_fields.map((field) => JSON.stringify(field));
}

function nameOf(field: string): string {
  return (JSON.parse(field) as { name: string }).name;
}
