/** Ground tracks of a near-polar orbit, as ICESat-2 flies it: a circle in space over a turning Earth. */

const INCLINATION = (92 * Math.PI) / 180;
/** Radians per second: 1387 orbits in 91 days. */
const ORBIT_RATE = (1387 * 2 * Math.PI) / (91 * 86_400);
/** Radians per second against the stars (IERS conventions 2010, table 1.2). */
const EARTH_RATE = 7.292115e-5;
const EARTH_RADIUS_METERS = 6_371_000;
const WGS84_FLATTENING = 1 / 298.257223563;
const GEODETIC_STRETCH = 1 / (1 - WGS84_FLATTENING) ** 2;
const DEGREES = 180 / Math.PI;

/** A pass over a place. */
export interface Pass {
  /** Where the middle of the reference track lies, geodetic degrees; latitude within ±87.9. */
  readonly lonDeg: number;
  readonly latDeg: number;
  /** Whether the satellite flies north. */
  readonly ascending: boolean;
}

/** The points of one beam. */
export interface Track {
  /** Geodetic, degrees; [−180, 180). */
  readonly lonDeg: Float64Array;
  readonly latDeg: Float64Array;
  /** Seconds from the middle of the pass. */
  readonly seconds: Float64Array;
}

/**
 * Points along a beam, evenly spaced and centred on the pass.
 * @param offsetMeters distance to the left of the reference track, as seen in flight
 */
export function flyPass(pass: Pass, offsetMeters: number, points: number, spacingMeters: number): Track {
  const latitude = Math.atan(Math.tan(pass.latDeg / DEGREES) / GEODETIC_STRETCH);
  const rising = Math.asin(Math.sin(latitude) / Math.sin(INCLINATION));
  const middle = pass.ascending ? rising : Math.PI - rising;
  const node = pass.lonDeg / DEGREES - Math.atan2(Math.cos(INCLINATION) * Math.sin(middle), Math.cos(middle));
  const step = spacingMeters / EARTH_RADIUS_METERS;
  const offset = offsetMeters / EARTH_RADIUS_METERS;
  const [cosOffset, sinOffset] = [Math.cos(offset), Math.sin(offset)];
  const [cosTilt, sinTilt] = [Math.cos(INCLINATION), Math.sin(INCLINATION)];
  const lonDeg = new Float64Array(points);
  const latDeg = new Float64Array(points);
  const seconds = new Float64Array(points);
  for (let i = 0; i < points; i++) {
    const along = (i - (points - 1) / 2) * step;
    const time = along / ORBIT_RATE;
    const cosPhase = Math.cos(middle + along);
    const sinPhase = Math.sin(middle + along);
    // In the frame of the orbit's node: the point on the reference track, moved along the normal of the orbit's plane.
    const x = cosOffset * cosPhase;
    const y = cosOffset * sinPhase * cosTilt - sinOffset * sinTilt;
    const z = cosOffset * sinPhase * sinTilt + sinOffset * cosTilt;
    const longitude = (Math.atan2(y, x) + node - EARTH_RATE * time) * DEGREES;
    lonDeg[i] = longitude - 360 * Math.floor((longitude + 180) / 360);
    latDeg[i] = Math.atan2(z * GEODETIC_STRETCH, Math.hypot(x, y)) * DEGREES;
    seconds[i] = time;
  }
  return { lonDeg, latDeg, seconds };
}
