import fc from "fast-check";
import { expect, it } from "vitest";
import { packFootprints, unpackFootprints } from "../src/build/packed-footprints.js";

const numbers = fc.array(fc.double(), { maxLength: 6 }).map((values) => Float64Array.from(values));
// Rings with more longitudes than latitudes too: the grid is to refuse them, in whichever thread.
const ring = fc.record({ lonDeg: numbers, latDeg: numbers });
const footprint = fc.array(fc.array(ring, { maxLength: 3 }), { maxLength: 3 });

it("gives the footprints that were packed, also after a way to another thread", () => {
  fc.assert(
    fc.property(fc.array(footprint, { maxLength: 5 }), (footprints) => {
      const packed = packFootprints(footprints);
      expect(unpackFootprints(structuredClone(packed))).toEqual(footprints);
    }),
  );
});
