/**
 * What a store says about its grid: the DGGS convention for Zarr on the group, the attributes that xdggs reads on
 * `cell_ids`, and a CF grid mapping (CF 1.13, appendix F, `healpix`).
 */
import type { CoordinateArray, JsonObject } from "@zagg/core";
import { isAuthalic, type LatitudeConvention } from "./latitude.js";
import type { HealpixSettings } from "./params.js";

/** Name of the CF grid mapping variable. */
export const GRID_MAPPING = "crs";

const WGS84 = { name: "WGS84", semimajor_axis: 6378137.0, inverse_flattening: 298.257223563 } as const;

/** The sphere with the area of WGS84; its radius places no cell. */
const SPHERE = { name: "sphere", radius: 6371007.180918474 } as const;

const DGGS_CONVENTION = {
  schema_url: "https://raw.githubusercontent.com/zarr-conventions/dggs/refs/tags/v1/schema.json",
  spec_url: "https://github.com/zarr-conventions/dggs/blob/v1/README.md",
  uuid: "7b255807-140c-42ca-97f6-7a1cfecdbc38",
  name: "dggs",
  description: "Discrete Global Grid Systems convention for zarr",
} as const;

/** What the signature and the store call a latitude convention. @throws RangeError for an unknown one */
export function latitudeName(latitude: LatitudeConvention): "authalic-wgs84" | "geodetic-spherical" {
  return isAuthalic(latitude) ? "authalic-wgs84" : "geodetic-spherical";
}

/**
 * Attributes of the group. `dggs.coordinate` names `cell_ids` unless the config says `emit_cell_ids: false`: what else
 * decides whether the array is there, the declared coordinates, is not the grid's to know. `latitude` stands beside
 * `dggs`, not in it, because readers refuse keys that the convention does not define.
 */
export function groupAttributes({ childOrder, latitude, emitCellIds }: HealpixSettings): JsonObject {
  return {
    zarr_conventions: [{ ...DGGS_CONVENTION }],
    dggs: {
      name: "healpix",
      refinement_level: childOrder,
      indexing_scheme: "nested",
      spatial_dimension: "cells",
      ellipsoid: { ...ellipsoid(latitude) },
      ...(emitCellIds === false ? {} : { coordinate: "cell_ids" }),
      compression: "none",
    },
    latitude: latitudeName(latitude),
  };
}

/** Attributes of `cell_ids`: exactly the keys that xdggs decodes, which refuses any other. */
export function cellIdAttributes({ childOrder, latitude }: HealpixSettings): JsonObject {
  return {
    grid_name: "healpix",
    level: childOrder,
    indexing_scheme: "nested",
    ellipsoid: { ...ellipsoid(latitude) },
  };
}

/** Attributes of `morton`. */
export function mortonAttributes({ childOrder }: HealpixSettings): JsonObject {
  return { long_name: "packed morton word of the cell", refinement_level: childOrder, units: "1" };
}

/** The CF grid mapping: a scalar that carries attributes only. */
export function gridMapping({ childOrder, latitude }: HealpixSettings): CoordinateArray {
  return {
    name: GRID_MAPPING,
    dtype: "int32",
    shape: [],
    dimensions: [],
    values: new Int32Array(1),
    attributes: {
      grid_mapping_name: "healpix",
      refinement_level: childOrder,
      indexing_scheme: "nested",
      ...(latitude === "authalic"
        ? {
            reference_ellipsoid_name: WGS84.name,
            semi_major_axis: WGS84.semimajor_axis,
            inverse_flattening: WGS84.inverse_flattening,
          }
        : { earth_radius: SPHERE.radius }),
    },
  };
}

function ellipsoid(latitude: LatitudeConvention): JsonObject {
  return latitude === "authalic" ? WGS84 : SPHERE;
}
