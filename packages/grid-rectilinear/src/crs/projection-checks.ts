/** What parameters of projections have to agree in, and what they say together. */
import { createStereographic } from "../kernels/azimuthal.js";
import { isPolar, radians, scaleFactor, type ProjectionParameters } from "./projection-kind.js";

/** Why parameters are none, and what would be; undefined if they are. */
type Fault = readonly [why: string, mend: string] | undefined;

const DEGREE = Math.PI / 180;

/** A Lambert conic with one parallel has it twice. */
export function parallels({
  numbers: { lat_0: lat0 = 0, lat_1: lat1 = 0, lat_2: lat2 = lat1 },
}: ProjectionParameters) {
  return { lat0: lat0 * DEGREE, lat1: lat1 * DEGREE, lat2: lat2 * DEGREE };
}

export function conformalFault(p: ProjectionParameters): Fault {
  const { lat_0: origin, lat_1: first = 0, lat_2: second } = p.numbers;
  if (Math.abs(first) > 90 - 1e-8 || Math.abs(second ?? 0) > 90 - 1e-8) {
    return ["a standard parallel at a pole makes no cone", "use stere with +lat_0=90 or +lat_0=-90 for it"];
  }
  if (origin === undefined && second === undefined) {
    return [
      "PROJ reads +lat_1 without +lat_0 and +lat_2 in two ways: y from that parallel, or a second one on the equator",
      `give +lat_0=${first}, or +lat_2`,
    ];
  }
  return oppositeParallels(p);
}

export function oppositeParallels(p: ProjectionParameters): Fault {
  const { lat1, lat2 } = parallels(p);
  return Math.abs(lat1 + lat2) < 1e-10
    ? [
        "standard parallels that are equal north and south, or on the equator, make no cone",
        "give +lat_1 and +lat_2; for the equator use merc, cea or eqc",
      ]
    : undefined;
}

export function scaledTwice({ numbers }: ProjectionParameters): Fault {
  const { lat_ts: parallel, k_0: scale } = numbers;
  if (parallel !== undefined && Math.abs(parallel) > 90 - 1e-8) {
    return ["the scale cannot be true at a pole", "give a +lat_ts between -90 and 90"];
  }
  return parallel !== undefined && scale !== 1
    ? ["+lat_ts and +k_0 both say the scale", "leave the one that is meant"]
    : undefined;
}

export function equatorScale(p: ProjectionParameters): number {
  return p.numbers["lat_ts"] === undefined ? scaleFactor(p) : p.latitudes.parallel(radians(p, "lat_ts"));
}

export function stereographicFault(p: ProjectionParameters): Fault {
  const { lat_0: centre = 0, lat_ts: parallel, k_0: scale } = p.numbers;
  if (parallel === undefined) return undefined;
  if (!isPolar(p)) return ["+lat_ts is for a pole; here the centre is not one", "give +k_0 instead"];
  if (parallel * centre <= 0) {
    return [
      "+lat_0 is one pole and +lat_ts is not on its side of the equator",
      `write +lat_ts=${-parallel} or +lat_0=${-centre}`,
    ];
  }
  return scale !== 1 && Math.abs(parallel) !== 90
    ? ["+lat_ts and +k_0 both say the scale", "leave the one that is meant"]
    : undefined;
}

/** Snyder's equation 21-34 over 21-33: the radius of the parallel of true scale, by what it is with scale 1 at the pole. */
export function stereographicScale(p: ProjectionParameters): number {
  const parallel = p.numbers["lat_ts"];
  if (parallel === undefined || Math.abs(parallel) > 90 - 1e-8) return scaleFactor(p);
  const phi = Math.abs(parallel) * DEGREE;
  const xy = new Float64Array(2);
  createStereographic(p.latitudes, Math.PI / 2).forward(0, phi, xy);
  return p.latitudes.parallel(phi) / -xy[1]!;
}

export function obliqueFault(p: ProjectionParameters): Fault {
  const { alpha, gamma } = p.numbers;
  if (alpha === undefined && gamma === undefined) {
    return ["an oblique Mercator needs the azimuth of its line", "give +alpha, +gamma or both"];
  }
  if (isPolar(p)) return ["a centre at a pole has no azimuth", "give a +lat_0 between -90 and 90"];
  const line = Math.abs(alpha ?? 0) % 180;
  return Math.abs(line - 90) < 1e-8
    ? [
        "a line that crosses its meridian at a right angle is not Hotine's",
        "use somerc, or merc on the equator",
      ]
    : undefined;
}

/** PROJ projects from the Bessel ellipsoid, whatever is given, and about this axis. */
export function krovakFault({ numbers, a, latitudes }: ProjectionParameters): Fault {
  if (Math.abs(a - 6377397.155) > 1e-3 || Math.abs(latitudes.e2 - 0.006674372231) > 1e-9) {
    return ["Krovak's projection is of the Bessel ellipsoid", "write +ellps=bessel"];
  }
  return Math.abs((numbers["alpha"] ?? 30.28813975) - 30.28813975) > 1e-6
    ? ["Krovak's axis is +alpha=30.2881397527778", "leave +alpha out"]
    : undefined;
}
