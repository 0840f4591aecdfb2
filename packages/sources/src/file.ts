/** Local files; Node only. */
export { fileSource } from "./file/file-source.js";
