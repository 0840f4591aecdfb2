export type { GeoJsonArea } from "./region/geojson-area.js";
export type { HalvedEdge, LonLat } from "./region/follow-edge.js";
export type { BoxedShards, LonLatBox } from "./cover/box-coverer.js";
export type { CapHierarchy } from "./cover/descent.js";
export type { CapTree, EdgeList, NodeList, TreeLeaves } from "./cover/cap-tree.js";
export type { OutlinedShards } from "./cover/outline-coverer.js";
export type { RegionIndex } from "./polygon/indexed-region.js";
export type { Cap } from "./polygon/polygon-edges.js";
export type { Preparation, PreparedPolygon, PreparedRing } from "./polygon/prepared-polygon.js";
export type { PreparedRegion } from "./polygon/regions-meet.js";
export type { VectorWriter } from "./polygon/read-ring.js";
export type { LargeRing, RingSide, SmallRing } from "./polygon/ring-side.js";
export type { HemisphereCap } from "./vector/hemisphere.js";
export type { Vector } from "./vector/vector.js";

export { codes } from "./codes.js";
export { regionFromBbox } from "./region/bbox.js";
export { boxOfRegion } from "./region/box-of-region.js";
export { createRing, ringFromArrays } from "./region/clean-ring.js";
export { pointsBetween } from "./region/follow-edge.js";
export { geoJsonArea } from "./region/geojson-area.js";
export { regionFromGeoJson } from "./region/geojson.js";
export { assertGeoJsonCrs } from "./region/geojson-crs.js";
export { plainBoxes } from "./region/plain-boxes.js";
export { boxCoverer } from "./cover/box-coverer.js";
export { CAP_SIZE, DOT_ERROR, capSine, capTree, pushNode } from "./cover/cap-tree.js";
export { descendPolygon } from "./cover/descent.js";
export { outlineCoverer } from "./cover/outline-coverer.js";
export { treeCoverer } from "./cover/tree-coverer.js";
export { indexRegion } from "./polygon/indexed-region.js";
export { createPolygonArrays } from "./polygon/polygon-arrays.js";
export { crossesOddly, polygonHolds } from "./polygon/polygon-parity.js";
export { prepareRegion, regionsMeet } from "./polygon/regions-meet.js";
export { preparePolygon } from "./polygon/prepared-polygon.js";
export { ringSide } from "./polygon/ring-side.js";
export { hemisphereOf } from "./vector/hemisphere.js";
export { foldedLongitude, isPlace } from "./vector/longitude.js";
export {
  lonLatOf,
  plainVectorOf,
  ringVectors,
  unitVectors,
  vectorOf,
  writeUnitVector,
} from "./vector/unit-vectors.js";
export { add, angle, chord, cross, dot, moved, perpendicular, unit } from "./vector/vector.js";
