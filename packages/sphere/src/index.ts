export type { HemisphereCap } from "./vector/hemisphere.js";
export type { Vector } from "./vector/vector.js";

export { codes } from "./codes.js";
export { hemisphereOf } from "./vector/hemisphere.js";
export { lonLatOf, ringVectors, unitVectors, vectorOf, writeUnitVector } from "./vector/unit-vectors.js";
export { add, angle, chord, cross, dot, moved, perpendicular, unit } from "./vector/vector.js";
