export type { Crs } from "./crs/crs.js";
export type { RectilinearParams } from "./params.js";

export { codes } from "./codes.js";
export { createCrs } from "./crs/crs.js";
export { knownEpsgCodes } from "./crs/definition.js";
export { sameCrs } from "./crs/same-crs.js";
export { rectilinear } from "./grid.js";
export { rectilinearParams } from "./params.js";
