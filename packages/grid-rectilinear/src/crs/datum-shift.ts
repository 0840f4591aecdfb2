/**
 * Shifts between a datum and WGS 84 by three or seven parameters: position vector transformation in geocentric coordinates, IOGP
 * Guidance Note 7-2, method 9606, at ellipsoidal height 0.
 */
import { squaredEccentricity, wgs84, type Ellipsoid } from "./ellipsoid.js";

/** Metres, arc-seconds and parts per million, from the datum to WGS 84: +towgs84 of PROJ. */
export type ShiftParameters = readonly [
  dx: number,
  dy: number,
  dz: number,
  rx: number,
  ry: number,
  rz: number,
  ppm: number,
];

/** Longitudes and latitudes on one datum to another. Degrees. */
export interface DatumShift {
  /** WGS 84 to the datum; n points; arrays of the output may not be those of the input. */
  fromWgs84(
    lonDeg: Float64Array,
    latDeg: Float64Array,
    n: number,
    outLon: Float64Array,
    outLat: Float64Array,
  ): void;
  /** The datum to WGS 84, in place: longitude and latitude. */
  toWgs84(lonLat: Float64Array): void;
}

const DEGREE = Math.PI / 180;
const ARC_SECOND = DEGREE / 3600;
/** Squared eccentricities nearer than this are one ellipsoid's: WGS 84 and GRS 1980, 0.1 mm apart. */
const SAME_ELLIPSOID = 5e-11;

/** The shift of a datum; undefined where it moves nothing. */
export function createDatumShift(
  ellipsoid: Ellipsoid,
  parameters: ShiftParameters | undefined,
): DatumShift | undefined {
  if (parameters === undefined) return undefined;
  const isSame =
    ellipsoid.a === wgs84.a &&
    Math.abs(squaredEccentricity(ellipsoid) - squaredEccentricity(wgs84)) < SAME_ELLIPSOID;
  if (isSame && parameters.every((value) => value === 0)) return undefined;
  const [dx, dy, dz] = parameters;
  const [rx, ry, rz] = [parameters[3] * ARC_SECOND, parameters[4] * ARC_SECOND, parameters[5] * ARC_SECOND];
  const scale = 1 + parameters[6] * 1e-6;
  const at = new Float64Array(3);
  const lonLat = new Float64Array(2);
  return {
    fromWgs84(lonDeg, latDeg, n, outLon, outLat) {
      for (let i = 0; i < n; i++) {
        geocentric(wgs84, lonDeg[i]!, latDeg[i]!, at);
        const x = (at[0]! - dx) / scale;
        const y = (at[1]! - dy) / scale;
        const z = (at[2]! - dz) / scale;
        geodetic(ellipsoid, x + rz * y - ry * z, y - rz * x + rx * z, z + ry * x - rx * y, lonLat);
        outLon[i] = lonLat[0]!;
        outLat[i] = lonLat[1]!;
      }
    },
    toWgs84(place) {
      geocentric(ellipsoid, place[0]!, place[1]!, at);
      const [x, y, z] = [at[0]!, at[1]!, at[2]!];
      geodetic(
        wgs84,
        dx + scale * (x - rz * y + ry * z),
        dy + scale * (y + rz * x - rx * z),
        dz + scale * (z - ry * x + rx * y),
        place,
      );
    },
  };
}

function geocentric(ellipsoid: Ellipsoid, lonDeg: number, latDeg: number, out: Float64Array): void {
  const e2 = squaredEccentricity(ellipsoid);
  const sin = Math.sin(latDeg * DEGREE);
  const nu = ellipsoid.a / Math.sqrt(1 - e2 * sin * sin);
  const across = nu * Math.cos(latDeg * DEGREE);
  out[0] = across * Math.cos(lonDeg * DEGREE);
  out[1] = across * Math.sin(lonDeg * DEGREE);
  out[2] = nu * (1 - e2) * sin;
}

/** Bowring 1976, Survey Review 23:323: exact to rounding within some kilometres of the surface. */
function geodetic({ a, b }: Ellipsoid, x: number, y: number, z: number, out: Float64Array): void {
  const across = Math.sqrt(x * x + y * y);
  const reduced = Math.atan2(z * a, across * b);
  const sin = Math.sin(reduced);
  const cos = Math.cos(reduced);
  const up = z + ((a * a - b * b) / b) * sin * sin * sin;
  const outward = across - ((a * a - b * b) / a) * cos * cos * cos;
  out[0] = Math.atan2(y, x) / DEGREE;
  out[1] = Math.atan2(up, outward) / DEGREE;
}
