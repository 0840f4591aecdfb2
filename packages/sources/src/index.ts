export { byteSource } from "./byte-source.js";
export { codes } from "./codes.js";
