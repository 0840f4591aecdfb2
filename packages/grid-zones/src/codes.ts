/** Every error code this package throws, and when. */
export const codes = {
  GRID_ZONES_EMPTY: "The GeoJSON has no features.",
  GRID_ZONES_PER_SHARD: "zones_per_shard is not a positive whole number.",
  GRID_ZONE_DUPLICATE: "Two features have the same identifier.",
  GRID_ZONE_GEOMETRY: "A feature's geometry is not a Polygon or MultiPolygon with rings of positions.",
  GRID_ZONE_ID: "A feature lacks the property that names the zones, or its value is no text or number.",
} as const;
