/** The codes of the errors of this package. */

/** Code of each expected failure, and when it is thrown. Sorted. */
export const codes = {
  GEOMETRY_COORDINATE: "A vertex of a ring is not finite, or its latitude is beyond ±90.",
  GEOMETRY_CROSSING: "A ring larger than a hemisphere crosses itself, so that no side of it is inside.",
  GEOMETRY_EDGE: "An edge of a ring joins opposite points of the sphere.",
  GEOMETRY_RING:
    "A ring has fewer than three different vertices, or unequal numbers of longitudes and latitudes.",
  REGION_BBOX_EMPTY: "A bounding box has no width or no height.",
  REGION_BBOX_REVERSED: "A bounding box has its west and east, or its south and north, the wrong way round.",
  REGION_CLOCKWISE:
    "Warning: a ring larger than a hemisphere runs the wrong way for what it encloses on a flat map: the polygon lies to its left.",
  REGION_COORDINATE: "A coordinate of a region is not finite or is out of range.",
  REGION_CROSSING:
    "A ring crosses itself. One larger than a hemisphere is refused; else it is a warning: inside is what it goes around an odd number of times.",
  REGION_CRS: "A GeoJSON document names another CRS than WGS 84.",
  REGION_EMPTY: "A GeoJSON document holds no polygon.",
  REGION_NOT_GEOJSON: "A document is not GeoJSON, or has a geometry that is no area.",
  REGION_RING: "A ring of a polygon encloses nothing, or has an edge between opposite points of the globe.",
} as const;
