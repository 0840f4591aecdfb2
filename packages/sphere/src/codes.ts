/** Every code that this package throws. */
export const codes = {
  REGION_BBOX_EMPTY: "A bounding box has no width or no height.",
  REGION_BBOX_REVERSED: "A bounding box has its west and east, or its south and north, the wrong way round.",
  REGION_COORDINATE: "A coordinate of a region is not finite or is out of range.",
  REGION_EMPTY: "A GeoJSON document holds no polygon.",
  REGION_NOT_GEOJSON: "A document is not GeoJSON, or has a geometry that is no area.",
  REGION_RING: "A ring of a polygon encloses nothing, or has an edge between opposite points of the globe.",
} as const;
