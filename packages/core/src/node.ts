/** What needs Node: modules by name in the installation of this process, and a registry rebuilt from them. */
export type { FoundPackage } from "./node/modules.js";
export type { WorkerPlace } from "./node/recompose.js";

export { entryOf, findModule, isPathName, packageFolder, packageOf, specifierParts } from "./node/modules.js";
export { contentHash } from "./node/content-hash.js";
export { recompose } from "./node/recompose.js";
