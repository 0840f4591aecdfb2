/** Whether two coordinate reference systems mean the same. */
import type { Crs } from "./crs.js";

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
 * projection centre) in the same place, or both cannot. Names, axis order and metadata do not count.
 */
export function sameCrs(a: Crs, b: Crs): boolean {
  if (a.text === b.text) return true;
  if (a.epsg !== undefined && b.epsg !== undefined) return a.epsg === b.epsg;
  if (a.geographic !== b.geographic) return false;
  if (Math.abs(a.projection.a - b.projection.a) > AXIS_TOLERANCE * a.projection.a) return false;
  if (Math.abs(squaredEccentricity(a) - squaredEccentricity(b)) > ECCENTRICITY_TOLERANCE) return false;
  return placesAlike(a, b);
}

/** Whether any of the points can be projected. */
export function placesAnything(crs: Crs): boolean {
  const { x, y } = placed(crs);
  return x.some((value, i) => Number.isFinite(value) && Number.isFinite(y[i]));
}

function placesAlike(a: Crs, b: Crs): boolean {
  const p = placed(a);
  const q = placed(b);
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

function placed(crs: Crs): { readonly x: Float64Array; readonly y: Float64Array } {
  const { lonDeg, latDeg } = probes();
  const x = new Float64Array(lonDeg.length);
  const y = new Float64Array(lonDeg.length);
  crs.forward(lonDeg, latDeg, lonDeg.length, x, y);
  return { x, y };
}

/** proj4 keeps the ellipsoid of a projection that it evaluates on the sphere. */
function squaredEccentricity({ projection }: Crs): number {
  if (projection.sphere === true) return 0;
  return 1 - (projection.b / projection.a) ** 2;
}

/** A lattice of longitudes and latitudes off any round meridian or parallel, away from singular points. */
function probes(): { lonDeg: Float64Array; latDeg: Float64Array } {
  const columns = 12;
  const rows = 12;
  const lonDeg = new Float64Array(columns * rows);
  const latDeg = new Float64Array(columns * rows);
  for (let i = 0; i < lonDeg.length; i++) {
    lonDeg[i] = -173.3 + 30 * (i % columns) + 0.7 * Math.floor(i / columns);
    latDeg[i] = -81.7 + 14.9 * Math.floor(i / columns);
  }
  return { lonDeg, latDeg };
}
