/** Whether two coordinate reference systems mean the same. */
import type { Crs } from "./crs.js";
import { squaredEccentricity } from "./ellipsoid.js";

/** Two positions closer than this are one: rounded parameters in WKT move points by some 1e-8 m. In CRS units. */
const POSITION_TOLERANCE = { projected: 1e-4, geographic: 1e-9 } as const;
/** Far from a projection's centre positions grow, and with them the effect of rounded parameters. */
const RELATIVE_TOLERANCE = 1e-11;
/** Tells WGS 84 from GRS 1980, which differ by 3.3e-11 in e². */
const ECCENTRICITY_TOLERANCE = 1e-12;
/** Relative. */
const AXIS_TOLERANCE = 1e-12;

/**
 * Two different EPSG codes are different. Otherwise two CRSs are the same when both are geographic or both projected,
 * their ellipsoids agree, and they put 144 points spread over the globe (including both hemispheres of every
 * projection centre) and four about each centre in the same place, or both cannot. Names, axis order and metadata do not count.
 */
export function sameCrs(a: Crs, b: Crs): boolean {
  if (a.text === b.text) return true;
  if (a.epsg !== undefined && b.epsg !== undefined) return a.epsg === b.epsg;
  if (a.geographic !== b.geographic) return false;
  const [one, other] = [a.parameters.ellipsoid, b.parameters.ellipsoid];
  if (Math.abs(one.a - other.a) > AXIS_TOLERANCE * one.a) return false;
  if (Math.abs(squaredEccentricity(one) - squaredEccentricity(other)) > ECCENTRICITY_TOLERANCE) return false;
  return placesAlike(a, b);
}

/** Whether any of the points can be projected. */
export function placesAnything(crs: Crs): boolean {
  const { x, y } = placed(crs, probes([crs]));
  return x.some((value, i) => Number.isFinite(value) && Number.isFinite(y[i]));
}

function placesAlike(a: Crs, b: Crs): boolean {
  const points = probes([a, b]);
  const p = placed(a, points);
  const q = placed(b, points);
  const tolerance = a.geographic ? POSITION_TOLERANCE.geographic : POSITION_TOLERANCE.projected;
  let compared = 0;
  for (let i = 0; i < p.x.length; i++) {
    const [px, py] = [p.x[i]!, p.y[i]!];
    const [qx, qy] = [q.x[i]!, q.y[i]!];
    const pFails = !Number.isFinite(px) || !Number.isFinite(py);
    const qFails = !Number.isFinite(qx) || !Number.isFinite(qy);
    if (pFails !== qFails) return false;
    if (pFails) continue;
    const allowed = tolerance + RELATIVE_TOLERANCE * (Math.abs(px) + Math.abs(py));
    if (Math.abs(px - qx) > allowed || Math.abs(py - qy) > allowed) return false;
    compared++;
  }
  return compared > 0;
}

interface Probes {
  readonly lonDeg: Float64Array;
  readonly latDeg: Float64Array;
}

function placed(
  crs: Crs,
  { lonDeg, latDeg }: Probes,
): { readonly x: Float64Array; readonly y: Float64Array } {
  const x = new Float64Array(lonDeg.length);
  const y = new Float64Array(lonDeg.length);
  crs.forward(lonDeg, latDeg, lonDeg.length, x, y);
  return { x, y };
}

/**
 * A lattice of longitudes and latitudes off any round meridian or parallel, away from singular points, and places about where each
 * CRS has its offsets, for a view from near the ground sees little else.
 */
function probes(crss: readonly Crs[]): Probes {
  const columns = 12;
  const rows = 12;
  const places: [lonDeg: number, latDeg: number][] = [];
  for (let i = 0; i < columns * rows; i++) {
    const row = Math.floor(i / columns);
    places.push([-173.3 + 30 * (i % columns) + 0.7 * row, -81.7 + 14.9 * row]);
  }
  const centre = new Float64Array(2);
  for (const { inverse, parameters } of crss) {
    const { x0, y0, toMeter } = parameters;
    if (!inverse(x0 / toMeter, y0 / toMeter, centre)) continue;
    const [lon, lat] = [centre[0]!, centre[1]!];
    for (const near of [0.01, 0.3]) places.push([lon + near, lat - near], [lon - near, lat + near]);
  }
  return {
    lonDeg: Float64Array.from(places, ([lon]) => lon),
    latDeg: Float64Array.from(places, ([, lat]) => Math.max(-89.9, Math.min(89.9, lat))),
  };
}
