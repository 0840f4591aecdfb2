export type { HttpClient, JsonAnswer } from "./client.js";
export type { HttpOptions, Retry } from "./options.js";
export type { RangeAnswer, RangeRequest } from "./range.js";
export type { HttpRequest } from "./redirects.js";

export { createHttpClient } from "./client.js";
export { httpRequest, isHeader } from "./request.js";
export { parseUrl, safeExcerpt, safeUrl } from "./safe-text.js";
export { codes } from "./codes.js";
