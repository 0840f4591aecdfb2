export type { GeoJsonArea } from "./region/geojson-area.js";
export type { HalvedEdge, LonLat } from "./region/follow-edge.js";
export type { HemisphereCap } from "./vector/hemisphere.js";
export type { Vector } from "./vector/vector.js";

export { codes } from "./codes.js";
export { regionFromBbox } from "./region/bbox.js";
export { boxOfRegion } from "./region/box-of-region.js";
export { createRing, ringFromArrays } from "./region/clean-ring.js";
export { pointsBetween } from "./region/follow-edge.js";
export { geoJsonArea } from "./region/geojson-area.js";
export { regionFromGeoJson } from "./region/geojson.js";
export { plainBoxes } from "./region/plain-boxes.js";
export { hemisphereOf } from "./vector/hemisphere.js";
export { foldedLongitude } from "./vector/longitude.js";
export {
  lonLatOf,
  plainVectorOf,
  ringVectors,
  unitVectors,
  vectorOf,
  writeUnitVector,
} from "./vector/unit-vectors.js";
export { add, angle, chord, cross, dot, moved, perpendicular, unit } from "./vector/vector.js";
