/**
 * Geodetic and authalic latitude on the WGS84 ellipsoid, by the series in e² to the tenth power.
 * Karney 2022, "On auxiliary latitudes", Survey Review; Adams 1921, US C&GS Special Publication 67.
 *
 * HEALPix cells have equal areas on the ellipsoid when points enter with their authalic latitude.
 */

/** Which latitude enters the HEALPix projection: the authalic one of WGS84, or the geodetic one as if on a sphere. */
export type LatitudeConvention = "authalic" | "geodetic";

const RAD_PER_DEG = Math.PI / 180;
const FLATTENING = 1 / 298.257223563;
const E2 = FLATTENING * (2 - FLATTENING);
const E4 = E2 * E2;
const E6 = E4 * E2;
const E8 = E4 * E4;
const E10 = E8 * E2;

type Series = readonly [number, number, number, number, number];

/** Coefficients of sin 2φ, sin 4φ … sin 10φ in authalic less geodetic latitude, radians. */
const TO_AUTHALIC = [
  -E2 / 3 - (31 * E4) / 180 - (59 * E6) / 560 - (42811 * E8) / 604800 - (605399 * E10) / 11975040,
  (17 * E4) / 360 + (61 * E6) / 1260 + (76969 * E8) / 1814400 + (215431 * E10) / 5987520,
  (-383 * E6) / 45360 - (3347 * E8) / 259200 - (1751791 * E10) / 119750400,
  (6007 * E8) / 3628800 + (201293 * E10) / 59875200,
  (-5839 * E10) / 17107200,
] as const;

/** Coefficients of sin 2β, sin 4β … sin 10β in geodetic less authalic latitude, radians. */
const TO_GEODETIC = [
  E2 / 3 + (31 * E4) / 180 + (517 * E6) / 5040 + (120389 * E8) / 1814400 + (1362253 * E10) / 29937600,
  (23 * E4) / 360 + (251 * E6) / 3780 + (102287 * E8) / 1814400 + (450739 * E10) / 9979200,
  (761 * E6) / 45360 + (47561 * E8) / 1814400 + (434501 * E10) / 14968800,
  (6059 * E8) / 1209600 + (625511 * E10) / 59875200,
  (48017 * E10) / 29937600,
] as const;

/**
 * Authalic latitude of a geodetic one, degrees. NaN stays NaN; the poles and the equator stay exactly where they are.
 *
 * @example
 * authalicFromGeodetic(38.89); // 38.76466030836399
 */
export function authalicFromGeodetic(latDeg: number): number {
  return shifted(latDeg, TO_AUTHALIC);
}

/** Authalic less geodetic latitude in radians, from the sine and cosine of twice the geodetic one. */
export function authalicShiftRad(sinTwice: number, cosTwice: number): number {
  return shiftRad(sinTwice, cosTwice, TO_AUTHALIC);
}

/** Geodetic latitude of an authalic one, degrees: the inverse of {@link authalicFromGeodetic} within 1e-10°. */
export function geodeticFromAuthalic(latDeg: number): number {
  return shifted(latDeg, TO_GEODETIC);
}

/** Whether latitudes are to be made authalic. @throws RangeError for anything but the two conventions */
export function isAuthalic(latitude: LatitudeConvention): boolean {
  if (latitude !== "authalic" && latitude !== "geodetic") {
    throw new RangeError(`latitude convention "${String(latitude)}" is neither "authalic" nor "geodetic"`);
  }
  return latitude === "authalic";
}

/** Adds Σ c_n sin 2nφ to a latitude φ. */
function shifted(latDeg: number, c: Series): number {
  if (Math.abs(latDeg) === 90) return latDeg;
  const doubleLatRad = 2 * latDeg * RAD_PER_DEG;
  return latDeg + shiftRad(Math.sin(doubleLatRad), Math.cos(doubleLatRad), c) / RAD_PER_DEG;
}

/** Σ c_n sin 2nφ from sin 2φ and cos 2φ, by Clenshaw's recurrence. */
function shiftRad(sinTwice: number, cosTwice: number, c: Series): number {
  const twiceCos = 2 * cosTwice;
  const b4 = c[3] + twiceCos * c[4];
  const b3 = c[2] + twiceCos * b4 - c[4];
  const b2 = c[1] + twiceCos * b3 - b4;
  const b1 = c[0] + twiceCos * b2 - b3;
  return sinTwice * b1;
}
