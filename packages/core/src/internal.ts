/** What sibling packages share and others need not know; it changes without notice. */
export { shown } from "./shown.js";
