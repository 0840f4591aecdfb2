export type { LatitudeConvention } from "./latitude.js";
export type { NestedCell } from "./morton.js";
export type { HealpixParams } from "./params.js";

export { healpix } from "./healpix.js";
export { healpixParams } from "./params.js";
export { codes } from "./codes.js";

export { authalicFromGeodetic, geodeticFromAuthalic } from "./latitude.js";
export { assignNested } from "./kernels/nested.js";
export { assignRing, nestedFromRing, ringFromNested } from "./kernels/ring.js";
export { nestedCenters, nestedCorners, ringCenters, ringCorners } from "./kernels/cell-coordinates.js";
export { coarsenMortonWords, mortonWordsFromNested, nestedFromMortonWords } from "./kernels/morton-words.js";
export {
  coarsenMorton,
  formatMorton,
  isMortonPoint,
  mortonChildren,
  mortonFromNested,
  mortonOrder,
  nestedFromMorton,
  parseMorton,
} from "./morton.js";
export { coverRegion } from "./cover/cover-region.js";
