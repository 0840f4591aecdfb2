/** What sibling packages share and others need not know; it changes without notice. */
export { holdsObjects } from "./copy-transaction.js";
export { shown } from "./shown.js";
