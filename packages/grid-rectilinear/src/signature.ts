/** Spatial signatures: what they say, when they mean the same, and when two grids nest. */
import type { Json, SignatureRules, SpatialSignature } from "@zagg/core";
import { createCrs, type Crs } from "./crs/crs.js";
import { sameCrs } from "./crs/same-crs.js";
import { affineOf, type Lattice } from "./lattice.js";

/** What configs and signatures call this family. */
export const GRID_TYPE = "rectilinear";

/** Cell sizes agree to this part of a cell. */
const SIZE_TOLERANCE = 1e-9;
/** Origins agree, and nested origins fall on cell corners, to this part of a cell. */
const ORIGIN_TOLERANCE = 1e-6;
/** A ratio of cell sizes this near to a whole number is one. */
const RATIO_TOLERANCE = 1e-9;

/** Keys and their order are part of the format; `chunk_inner` places no cell in space and is not among them. */
export function spatialSignatureOf(crs: Crs, lattice: Lattice): SpatialSignature {
  return {
    type: GRID_TYPE,
    crs: crs.text,
    affine: [...affineOf(lattice)],
    shape: [lattice.height, lattice.width],
    chunk_shape: [lattice.shardHeight, lattice.shardWidth],
  };
}

/**
 * CRSs are compared by meaning (see `sameCrs`); affines by cell sizes within 1e-9 of a cell and origins within 1e-6 of
 * a cell; everything else is exact.
 */
export function signatureRulesOf(crs: Crs): SignatureRules {
  return Object.freeze({
    youngerKeys: Object.freeze({}),
    equal(key: string, stored: Json, own: Json): boolean {
      if (key === "crs") return typeof stored === "string" && meansCrs(stored, crs);
      return key === "affine" && sameAffine(stored, own);
    },
  });
}

/**
 * Two rectilinear grids are aligned when they have the same CRS, their cell sizes are in whole-number ratio along each
 * axis, and their origins lie a whole number of the finer cells apart.
 */
export function isAligned(crs: Crs, own: SpatialSignature, theirs: SpatialSignature): boolean {
  if (!isAffine(own["affine"]) || !isAffine(theirs["affine"])) return false;
  if (typeof theirs["crs"] !== "string" || !meansCrs(theirs["crs"], crs)) return false;
  const [a, , c, , e, f] = own["affine"];
  const [ta, , tc, , te, tf] = theirs["affine"];
  return alignedAlong(a, ta, c - tc) && alignedAlong(-e, -te, f - tf);
}

function alignedAlong(size: number, otherSize: number, apart: number): boolean {
  const fine = Math.min(size, otherSize);
  const ratio = Math.max(size, otherSize) / fine;
  const offset = apart / fine;
  return (
    fine > 0 &&
    Math.abs(Math.round(ratio) - ratio) < RATIO_TOLERANCE &&
    Math.abs(Math.round(offset) - offset) < ORIGIN_TOLERANCE
  );
}

/** A text that cannot be parsed means nothing that this grid's CRS means. */
function meansCrs(text: string, crs: Crs): boolean {
  try {
    return sameCrs(createCrs(text), crs);
  } catch {
    return false;
  }
}

function sameAffine(stored: Json, own: Json): boolean {
  if (!isAffine(stored) || !isAffine(own)) return false;
  const [a, b, c, d, e, f] = stored;
  const [oa, ob, oc, od, oe, of] = own;
  const near = (x: number, y: number, size: number, tolerance: number) =>
    Math.abs(x - y) <= Math.abs(size) * tolerance;
  return (
    near(a, oa, oa, SIZE_TOLERANCE) &&
    near(b, ob, oa, SIZE_TOLERANCE) &&
    near(d, od, oe, SIZE_TOLERANCE) &&
    near(e, oe, oe, SIZE_TOLERANCE) &&
    near(c, oc, oa, ORIGIN_TOLERANCE) &&
    near(f, of, oe, ORIGIN_TOLERANCE)
  );
}

type Affine = readonly [number, number, number, number, number, number];

function isAffine(value: Json | undefined): value is Affine {
  return Array.isArray(value) && value.length === 6 && value.every((part) => Number.isFinite(part));
}
