/**
 * The ground track of a granule that is described by its orbit (UMM-G `HorizontalSpatialDomain.Orbit`): a circular orbit above a
 * turning Earth. The track is what the collection's orbit parameters say; a spacecraft keeps to it within a few kilometres.
 */
import { CatalogError } from "@zagg/core";
import { plainVectorOf, type Vector } from "@zagg/sphere";

/** A collection's `OrbitParameters`. Defaults are those of ICESat-2's along-track collections. */
export interface OrbitParameters {
  /** Degrees; more than 90 goes westward. */
  readonly inclinationDeg: number;
  readonly periodMinutes: number;
  readonly swathWidthKm: number;
  /** Latitude at which orbits begin, on the ascending pass. */
  readonly startLatitudeDeg: number;
}

export const icesat2Orbit: OrbitParameters = {
  inclinationDeg: 92,
  periodMinutes: 94.29,
  swathWidthKm: 36,
  startLatitudeDeg: 0,
};

/** Which part of which orbit. */
export interface OrbitPass {
  /** Longitude at which the orbit crosses the equator northward, degrees. */
  readonly ascendingCrossing: number;
  readonly startLatitude: number;
  readonly startDirection: "A" | "D";
  readonly endLatitude: number;
  readonly endDirection: "A" | "D";
}

/** A stretch of a ground track. */
export interface GroundTrack {
  /** Angles along the orbit from the ascending node, degrees; the end is greater. */
  readonly fromDeg: number;
  readonly toDeg: number;
  /** Where the track is at an angle along the orbit: longitude and geodetic latitude as a vector. */
  at(angleDeg: number): Vector;
}

const DEGREE = Math.PI / 180;
const MINUTES_PER_DAY = 1440;
/** The Earth's turn against the stars, degrees per day. */
const EARTH_TURN_DEG = 360.98564736629;
/** Gravitational parameter, km³/s²; equatorial radius, km; oblateness; squared eccentricity of the ellipsoid (WGS 84). */
const GM = 398600.4418;
const RADIUS_KM = 6378.137;
const J2 = 1.08262668e-3;
const ECCENTRICITY_2 = 0.00669437999014;

/**
 * The ground track of a pass. An orbit's plane turns slowly too, by the Earth's oblateness (Kaula 1966, eq. 3.74).
 * @throws CatalogError `CATALOG_ORBIT`
 */
export function groundTrack(pass: OrbitPass, orbit: OrbitParameters = icesat2Orbit): GroundTrack {
  assertOrbit(orbit);
  const inclination = orbit.inclinationDeg * DEGREE;
  const turnPerDegree =
    ((EARTH_TURN_DEG - planeTurnDeg(orbit)) * orbit.periodMinutes) / MINUTES_PER_DAY / 360;
  const begin = angleOf(orbit.startLatitudeDeg, "A", orbit);
  const after = (least: number, angle: number): number =>
    angle + 360 * Math.ceil((least - angle) / 360 - 1e-9);
  const fromDeg = after(begin, angleOf(pass.startLatitude, pass.startDirection, orbit));
  const end = after(fromDeg, angleOf(pass.endLatitude, pass.endDirection, orbit));
  // A granule that ends where it begins is a whole orbit.
  const toDeg = end - fromDeg < 1e-6 ? end + 360 : end;
  return {
    fromDeg,
    toDeg,
    at(angleDeg) {
      const angle = angleDeg * DEGREE;
      const sinLat = Math.sin(inclination) * Math.sin(angle);
      const lonDeg =
        pass.ascendingCrossing +
        Math.atan2(Math.cos(inclination) * Math.sin(angle), Math.cos(angle)) / DEGREE -
        turnPerDegree * angleDeg;
      return plainVectorOf(lonDeg, geodeticDeg(Math.asin(sinLat)));
    },
  };
}

/** Degrees per day by which the plane of a circular orbit turns eastward. */
function planeTurnDeg({ inclinationDeg, periodMinutes }: OrbitParameters): number {
  const motion = (2 * Math.PI) / (60 * periodMinutes);
  const axisKm = Math.cbrt(GM / motion ** 2);
  const perSecond = -1.5 * J2 * (RADIUS_KM / axisKm) ** 2 * motion * Math.cos(inclinationDeg * DEGREE);
  return (perSecond / DEGREE) * 60 * MINUTES_PER_DAY;
}

/** Angle along the orbit, −90 to 270, of a latitude on a pass. Latitudes beyond the turn are the turn. */
function angleOf(latitudeDeg: number, direction: "A" | "D", { inclinationDeg }: OrbitParameters): number {
  const ratio = Math.sin(geocentric(latitudeDeg * DEGREE)) / Math.sin(inclinationDeg * DEGREE);
  const angle = Math.asin(Math.max(-1, Math.min(1, ratio))) / DEGREE;
  return direction === "A" ? angle : 180 - angle;
}

function geocentric(geodetic: number): number {
  return Math.atan2((1 - ECCENTRICITY_2) * Math.sin(geodetic), Math.cos(geodetic));
}

function geodeticDeg(geocentricLat: number): number {
  return Math.atan2(Math.sin(geocentricLat), (1 - ECCENTRICITY_2) * Math.cos(geocentricLat)) / DEGREE;
}

function assertOrbit({
  inclinationDeg,
  periodMinutes,
  swathWidthKm,
  startLatitudeDeg,
}: OrbitParameters): void {
  const isOrbit =
    inclinationDeg > 0 && inclinationDeg < 180 && periodMinutes > 80 && periodMinutes < MINUTES_PER_DAY;
  if (isOrbit && swathWidthKm > 0 && swathWidthKm < 10_000 && Math.abs(startLatitudeDeg) <= 90) return;
  throw new CatalogError("CATALOG_ORBIT", {
    what: `the orbit has an inclination of ${inclinationDeg}°, a period of ${periodMinutes} minutes, a swath of ${swathWidthKm} km and begins at ${startLatitudeDeg}°`,
    why: "inclinations lie between 0 and 180 degrees, periods between 80 minutes and a day, swaths are below 10000 km",
    mend: "take the orbit parameters from the collection's metadata",
  });
}
