/** What identifies a HEALPix grid, and when two of them co-aggregate. */
import {
  outputFieldSignature,
  type GridPlugin,
  type GridSignature,
  type OutputFieldSet,
  type SignatureRules,
  type SpatialSignature,
} from "@zagg/core";
import { latitudeName } from "./metadata.js";
import type { HealpixSettings } from "./params.js";

/** Keys and their order are part of the format; `chunk_inner` places no cell in space and is not among them. */
export function healpixSpatialSignature(settings: HealpixSettings): SpatialSignature {
  return {
    type: "healpix",
    indexing_scheme: "nested",
    parent_order: settings.parentOrder,
    child_order: settings.childOrder,
    layout: settings.layout,
    latitude: latitudeName(settings.latitude),
  };
}

/** The spatial signature plus `output_fields`. */
export function healpixSignature(settings: HealpixSettings, fields: OutputFieldSet): GridSignature {
  return { ...healpixSpatialSignature(settings), output_fields: outputFieldSignature(fields) };
}

/** Spatial keys are compared exactly; `latitude` is younger than the shard map format. */
export const healpixSignatureRules: SignatureRules = {
  youngerKeys: {
    latitude: {
      code: "LATITUDE_UNSTATED",
      why: "maps made before the key existed do not say whether authalic or geodetic latitudes placed their cells, which differ by up to 14 km",
      mend: "set output.grid.latitude to the convention the map was made with (geodetic before August 2026), or build the map anew",
    },
  },
  equal: () => false,
};

/** One family, one latitude convention, equal output fields; orders are irrelevant, as cells of any two nest. */
export function nestsInHealpix(own: GridSignature, other: GridPlugin): boolean {
  if (other.type !== "healpix") return false;
  const theirs = other.signature();
  return (
    theirs["latitude"] === own["latitude"] &&
    theirs["indexing_scheme"] === own["indexing_scheme"] &&
    JSON.stringify(theirs.output_fields) === JSON.stringify(own.output_fields)
  );
}
