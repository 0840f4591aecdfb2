/** Rings as unit vectors. */
export { ringVectors } from "@zagg/sphere";
