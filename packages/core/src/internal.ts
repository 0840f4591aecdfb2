/** What sibling packages share and others need not know; it changes without notice. */
export { recompose } from "./recompose.js";
export { boxOfRegion } from "./region/region-box.js";
export { ringVectors } from "./region/ring-vectors.js";
export { shown } from "./shown.js";
