export type { H3Params } from "./params.js";

export { h3 } from "./h3.js";
export { h3Params } from "./params.js";
export { codes } from "./codes.js";

export { assignH3 } from "./kernels/points.js";
