/** What identifies a HEALPix grid, and when two of them co-aggregate. */
import type { SignatureRules, SpatialSignature } from "@zagg/core";
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

/** One numbering and one latitude convention; orders are irrelevant, as cells of any two nest. */
export function nestsInHealpix(own: SpatialSignature, theirs: SpatialSignature): boolean {
  return own["latitude"] === theirs["latitude"] && own["indexing_scheme"] === theirs["indexing_scheme"];
}
