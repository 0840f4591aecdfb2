/** What a projection is to its reader: the keys that it takes, and the formulas that they make. */
import type { Formulas } from "../kernels/formulas.js";
import type { Latitudes } from "../kernels/latitudes.js";

/** The parameters of one projection: those that it reads, given or by default. */
export interface ProjectionParameters {
  /** Of the surface that the formulas are for: 0 for a sphere. */
  readonly latitudes: Latitudes;
  /** Semi-major axis, metres. */
  readonly a: number;
  /** Degrees, metres or a ratio, as in PROJ strings; absent if optional and not given. */
  readonly numbers: Readonly<Record<string, number | undefined>>;
  readonly flags: ReadonlySet<string>;
  readonly words: Readonly<Record<string, string | undefined>>;
}

/** One projection of PROJ. */
export interface ProjectionKind {
  readonly name: string;
  /** Numbers with their defaults; null where there is none and one must be given, undefined where it may be missing. */
  readonly numbers: Readonly<Record<string, number | null | undefined>>;
  readonly flags?: readonly string[];
  /** Words, with the values that are understood. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** What PROJ takes in place of an ellipsoid: the sphere of its semi-major axis, or that of the same surface. */
  readonly sphere?: "equatorial" | "authalic";
  /** Positions are degrees, not lengths. */
  readonly angular?: true;
  /** PROJ subtracts the offsets. */
  readonly subtractsOffsets?: true;
  /** Why these parameters are none, and what would be; undefined if they are. */
  fault?(parameters: ProjectionParameters): readonly [why: string, mend: string] | undefined;
  /** Scale by which the formulas are multiplied; 1 if there is no function. */
  scale?(parameters: ProjectionParameters): number;
  formulas(parameters: ProjectionParameters): Formulas;
}

const DEGREE = Math.PI / 180;

/** An angle that was given, or 0. */
export function radians({ numbers }: ProjectionParameters, key: string): number {
  return (numbers[key] ?? 0) * DEGREE;
}

/** +k_0, or 1. */
export function scaleFactor({ numbers }: ProjectionParameters): number {
  return numbers["k_0"] ?? 1;
}

/** Whether the centre is a pole. */
export function isPolar({ numbers }: ProjectionParameters): boolean {
  return 90 - Math.abs(numbers["lat_0"] ?? 0) < 1e-8;
}
