export { fileStore } from "./fs/file-store.js";
