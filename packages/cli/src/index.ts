export type { Output } from "./output/terminal.js";

export { main } from "./main.js";
export { createZaggRegistry, zaggComposition } from "./composition.js";
export { codes } from "./codes.js";
