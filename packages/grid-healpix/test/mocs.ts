/** MOCs for properties: a few cells and runs of cells, mostly at places where they meet, touch and overlap. */
import fc from "fast-check";
import { cellCount } from "../src/kernels/cell-index.js";
import { mocFromNested, uniteMocs, type Moc } from "../src/moc.js";

/** A run of cells of one order, biased to the first and last cells and to the bounds of coarser ones. */
const run = (order: number): fc.Arbitrary<Moc> => {
  const last = cellCount(order) - 1n;
  const id = fc.oneof(
    fc.bigInt({ min: 0n, max: last }),
    fc.constantFrom(0n, last, last / 2n, last / 4n + 1n),
    fc.bigInt({ min: 0n, max: last < 64n ? last : 64n }),
  );
  return fc.tuple(id, fc.integer({ min: 1, max: 9 })).map(([first, length]) => {
    const ids = Array.from({ length }, (_, k) => first + BigInt(k)).filter((one) => one <= last);
    return mocFromNested(order, BigUint64Array.from(ids));
  });
};

const anyOrder = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.integer({ min: 0, max: 29 }),
  fc.constantFrom(13, 14, 15, 16, 28, 29),
);

/** MOCs of cells of all orders, the empty one among them. */
export const anyMoc: fc.Arbitrary<Moc> = fc
  .array(anyOrder.chain(run), { maxLength: 6 })
  .map((parts) => uniteMocs(...parts));

/** Any cell, as order and nested id. */
export const anyCell = anyOrder.chain((order) =>
  fc.tuple(fc.constant(order), fc.bigInt({ min: 0n, max: cellCount(order) - 1n })),
);
