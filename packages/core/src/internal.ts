/** What sibling packages share and others need not know; it changes without notice. */
export { recompose } from "./recompose.js";
export { shown } from "./shown.js";
