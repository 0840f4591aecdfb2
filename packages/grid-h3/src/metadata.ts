/** What a store says about its grid: the DGGS convention for Zarr on the group, and what xdggs reads on `cell_ids`. */
import type { JsonObject } from "@zagg/core";
import type { H3Settings } from "./params.js";

/** H3 takes geodetic latitudes as if on this sphere, the one with the area of WGS84. */
const SPHERE = { name: "sphere", radius: 6371007.180918475 } as const;

const DGGS_CONVENTION = {
  schema_url: "https://raw.githubusercontent.com/zarr-conventions/dggs/refs/tags/v1/schema.json",
  spec_url: "https://github.com/zarr-conventions/dggs/blob/v1/README.md",
  uuid: "7b255807-140c-42ca-97f6-7a1cfecdbc38",
  name: "dggs",
  description: "Discrete Global Grid Systems convention for zarr",
} as const;

/** Attributes of the group. `latitude` stands beside `dggs`, as readers refuse keys that the convention does not define. */
export function groupAttributes({ childRes }: H3Settings): JsonObject {
  return {
    zarr_conventions: [{ ...DGGS_CONVENTION }],
    dggs: {
      name: "h3",
      refinement_level: childRes,
      spatial_dimension: "cells",
      ellipsoid: { ...SPHERE },
      coordinate: "cell_ids",
      compression: "none",
    },
    latitude: "geodetic-spherical",
  };
}

/** Attributes of `cell_ids`: exactly the keys that xdggs decodes, which refuses any other. */
export function cellIdAttributes({ childRes }: H3Settings): JsonObject {
  return { grid_name: "h3", level: childRes };
}
