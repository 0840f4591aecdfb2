/** What identifies an H3 grid, and when two of them co-aggregate. */
import {
  outputFieldSignature,
  type GridPlugin,
  type GridSignature,
  type OutputFieldSet,
  type SignatureRules,
  type SpatialSignature,
} from "@zagg/core";
import type { H3Settings } from "./params.js";

/** Keys and their order are part of the format; `chunk_res` places no cell in space and is not among them. */
export function h3SpatialSignature({ parentRes, childRes }: H3Settings): SpatialSignature {
  return { type: "h3", parent_res: parentRes, child_res: childRes };
}

export function h3Signature(settings: H3Settings, fields: OutputFieldSet): GridSignature {
  return { ...h3SpatialSignature(settings), output_fields: outputFieldSignature(fields) };
}

export const h3SignatureRules: SignatureRules = { youngerKeys: {}, equal: () => false };

/** One family and equal output fields; resolutions are irrelevant, as the indices of any two nest. */
export function nestsInH3(own: GridSignature, other: GridPlugin): boolean {
  return (
    other.type === "h3" &&
    JSON.stringify(other.signature().output_fields) === JSON.stringify(own.output_fields)
  );
}
