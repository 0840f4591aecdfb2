export type { ZonesParams } from "./params.js";

export { codes } from "./codes.js";
export { zones } from "./grid.js";
export { zonesParams } from "./params.js";
