export { codes } from "./codes.js";
export { hdf5 } from "./reader.js";
