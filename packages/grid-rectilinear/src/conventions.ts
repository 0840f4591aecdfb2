/** Attributes of the group: the original's three, and the GeoZarr `proj:` and `spatial:` conventions. */
import type { JsonObject } from "@zagg/core";
import type { Crs } from "./crs/crs.js";
import { affineOf, type Lattice } from "./lattice.js";

const projConvention: JsonObject = Object.freeze({
  schema_url: "https://raw.githubusercontent.com/zarr-conventions/geo-proj/refs/tags/v1/schema.json",
  spec_url: "https://github.com/zarr-conventions/geo-proj/blob/v1/README.md",
  uuid: "f17cb550-5864-4468-aeb7-f3180cfb622f",
  name: "proj:",
  description: "Coordinate reference system information for geospatial data",
});

const spatialConvention: JsonObject = Object.freeze({
  schema_url: "https://raw.githubusercontent.com/zarr-conventions/spatial/refs/tags/v1/schema.json",
  spec_url: "https://github.com/zarr-conventions/spatial/blob/v1/README.md",
  uuid: "689b58e2-cf7b-45e0-9fff-9cfc0883d6b4",
  name: "spatial",
  description: "Spatial coordinate information",
});

/** The `proj:` convention has no place for PROJ strings and WKT1, so it is left out for those. */
export function groupAttributes(crs: Crs, lattice: Lattice, dimensions: readonly string[]): JsonObject {
  const { xmin, ymin, xmax, ymax, rx, ry, width, height } = lattice;
  const proj = projAttributes(crs);
  return {
    crs: crs.text,
    resolution: [rx, ry],
    bounds: [xmin, ymin, xmax, ymax],
    zarr_conventions: proj === undefined ? [spatialConvention] : [projConvention, spatialConvention],
    ...proj,
    "spatial:dimensions": [...dimensions],
    "spatial:bbox": [xmin, ymin, xmax, ymax],
    "spatial:transform_type": "affine",
    "spatial:transform": [...affineOf(lattice)],
    "spatial:shape": [height, width],
    "spatial:registration": "pixel",
  };
}

function projAttributes({ text }: Crs): JsonObject | undefined {
  if (/^[A-Z]+:[0-9]+$/.test(text)) return { "proj:code": text };
  if (/^\s*(PROJCRS|PROJECTEDCRS|GEOGCRS|GEODCRS|GEOGRAPHICCRS|GEODETICCRS)\s*\[/i.test(text)) {
    return { "proj:wkt2": text };
  }
  return undefined;
}
