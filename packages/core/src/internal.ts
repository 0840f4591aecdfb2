/** What sibling packages share and others need not know; it changes without notice. */
export { timeBounds, type TimeBounds } from "./config/bounds.js";
export { originalKeys, type OriginalKey } from "./config/original-keys.js";
export { schemaKeys, type SchemaKey } from "./config/schema-keys.js";
export { holdsObjects } from "./copy-transaction.js";
export { wideDecodingOf, type NumberColumn, type WideDecoding } from "./encoding/wide-decoding.js";
export { EXACT_LIMIT } from "./exact-integers.js";
export { coordinatesDeg, countInvalid, degreesOf, type Degrees } from "./coordinates.js";
export { coordinateNotes, decodingNotes } from "./encoding/notes.js";
export { decodingOf, type Decoding, type DecodingPolicy } from "./encoding/decoding.js";
export { HIGH, LOW, NO_ID_LANE, assertLengths, lanesOf } from "./lanes.js";
export { DAY_MS, readInstant } from "./instant.js";
export { lowerBound } from "./placement.js";
export { passing } from "./passing.js";
export { icesat2, type ProductRule } from "./product-rule.js";
export { shown } from "./shown.js";
