/** What siblings need of this package; not for others, and free to change. */
export type { Hdf5Library, LibraryInstance } from "./library.js";

export { loadLibrary } from "./library.js";
