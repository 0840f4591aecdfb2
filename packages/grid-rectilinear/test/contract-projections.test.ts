/** The laws of grids in every projection: a few of them in the everyday tests, all of them in the proofs. */
import { gridContract, pointsInBox } from "@zagg/core/testing";
import { describe, expect, it } from "vitest";
import { projectionNames } from "../src/crs/projections.js";
import { createCrs, rectilinear, type RectilinearParams } from "../src/index.js";
import { runs, some } from "../../../vitest.effort.mjs";

/** What each projection needs beyond its centre at 10° E, 40° N. */
const NEEDED: Readonly<Record<string, string>> = {
  aea: "+lat_0=40 +lat_1=30 +lat_2=50",
  bonne: "+lat_1=40",
  eqdc: "+lat_0=40 +lat_1=30 +lat_2=50",
  geos: "+h=35786023",
  krovak: "+ellps=bessel",
  lcc: "+lat_0=40 +lat_1=30 +lat_2=50",
  nsper: "+lat_0=40 +h=5500000",
  ob_tran: "+o_proj=longlat +o_lat_p=50",
  omerc: "+lat_0=40 +lonc=10 +alpha=30",
  stere: "+lat_0=90 +lat_ts=70",
  tpers: "+lat_0=40 +h=5500000 +tilt=10 +azi=30",
  utm: "+zone=32",
};
/** Projections that read +lat_0 without needing more. */
const CENTRED = ["aeqd", "cass", "gnom", "laea", "ortho", "poly", "somerc", "sterea", "tmerc"];
const WITHOUT_MERIDIAN = ["longlat", "omerc", "utm"];

/** West, south, east, north. */
const BOX = [-5, 30, 25, 50] as const;

/** A grid of about 24 by 24 cells that holds the box, and a margin. */
function paramsOf(name: string): RectilinearParams {
  const centre = CENTRED.includes(name) ? "+lat_0=40" : "";
  const meridian = WITHOUT_MERIDIAN.includes(name) ? "" : "+lon_0=10";
  const crs = `+proj=${name} ${NEEDED[name] ?? centre} ${meridian}`.replaceAll(/\s+/g, " ").trim();
  const places = [0, 0.25, 0.5, 0.75, 1].flatMap((a) => [0, 0.5, 1].map((b) => [a, b] as const));
  const x = new Float64Array(places.length);
  const y = new Float64Array(places.length);
  const lonDeg = Float64Array.from(places, ([a]) => BOX[0] + (BOX[2] - BOX[0]) * a);
  const latDeg = Float64Array.from(places, ([, b]) => BOX[1] + (BOX[3] - BOX[1]) * b);
  createCrs(crs).forward(lonDeg, latDeg, places.length, x, y);
  const [xmin, xmax, ymin, ymax] = [Math.min(...x), Math.max(...x), Math.min(...y), Math.max(...y)];
  const resolution = (xmax - xmin) / 16;
  const bounds = [xmin - resolution, ymin - resolution, xmax + resolution, ymax + resolution];
  return { crs, resolution, bounds, chunk_shape: [4, 8], chunk_inner: [2, 4] };
}

for (const name of some(projectionNames(), 2)) {
  const params = paramsOf(name);
  gridContract({
    describe,
    it,
    expect,
    name: `rectilinear ${params.crs}`,
    create: (fields) => rectilinear.create(params, fields),
    factory: rectilinear,
    params: { ...params },
    unchunked: (fields) => rectilinear.create({ ...params, chunk_inner: null }, fields),
    points: pointsInBox(...BOX),
    wraps: name !== "longlat",
    numRuns: runs(2, 1),
  });
}
