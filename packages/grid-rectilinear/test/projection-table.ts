/** The golden table, what a CRS makes of it, and the README's summary. */
import { readFileSync } from "node:fs";
import { projectionNamed, projectionNames } from "../src/crs/projections.js";
import { createCrs, type Crs } from "../src/index.js";

/** A CRS with points: longitude, latitude, and x and y if PROJ has them and comes back. */
export interface GoldenCase {
  readonly name: string;
  readonly form: string;
  readonly crs: string;
  readonly epsg?: number;
  readonly points: readonly (readonly number[])[];
}

const file = new URL("./fixtures/projections.json", import.meta.url);
export const goldenCases = (JSON.parse(readFileSync(file, "utf8")) as { cases: readonly GoldenCase[] }).cases;

const DEGREE_M = 111_320;
const FAR_M = 1e7;

/** How far a CRS is from a case of the table. */
export function measured(crs: Crs, { points }: GoldenCase) {
  const { toMeter, kind } = crs.parameters;
  const isAngular = crs.geographic || kind?.angular === true;
  const meters = isAngular ? DEGREE_M : toMeter;
  const x = new Float64Array(points.length);
  const y = new Float64Array(points.length);
  const lonDeg = Float64Array.from(points, ([lon]) => lon!);
  const latDeg = Float64Array.from(points, ([, lat]) => lat!);
  crs.forward(lonDeg, latDeg, points.length, x, y);
  const back = new Float64Array(2);
  let [worstMm, worstBackDeg] = [0, 0];
  const wronglyPlaced: string[] = [];
  for (const [i, [lon, lat, wantX, wantY]] of points.entries()) {
    const has = Number.isFinite(x[i]) && Number.isFinite(y[i]);
    if (wantX === undefined || wantY === undefined) {
      /* Where PROJ does not come back, a position is right if ours does, from where it is. */
      if (has && !comesBack(crs, x[i]!, y[i]!, lon!, lat!)) wronglyPlaced.push(`${lon}, ${lat}`);
      continue;
    }
    if (!has) {
      wronglyPlaced.push(`${lon}, ${lat} nowhere`);
      continue;
    }
    /* Farther out than maps of the whole world, where one is stretched without end, as a part of the coordinate. */
    const stretch = Math.max(1, (meters * Math.hypot(wantX, wantY)) / FAR_M);
    worstMm = Math.max(worstMm, (1000 * meters * Math.hypot(x[i]! - wantX, y[i]! - wantY)) / stretch);
    const isBack = crs.inverse(x[i]!, y[i]!, back);
    worstBackDeg = Math.max(worstBackDeg, isBack ? degreesApart(back, lon!, lat!) : Infinity);
  }
  return { worstMm, worstBackDeg, wronglyPlaced };
}

function comesBack(crs: Crs, x: number, y: number, lon: number, lat: number): boolean {
  const back = new Float64Array(2);
  return crs.inverse(x, y, back) && degreesApart(back, lon, lat) < 1e-6;
}

function degreesApart([backLon, backLat]: Float64Array, lon: number, lat: number): number {
  const turn = 360 * Math.round((backLon! - lon) / 360);
  return Math.hypot((backLon! - lon - turn) * Math.cos((lat * Math.PI) / 180), backLat! - lat);
}

const WORLD = "the world";
const HORIZON = "within the horizon";
/** Where there are positions. */
const AREAS: Readonly<Record<string, string>> = {
  aeqd: WORLD,
  cass: "80° from the meridian; on a sphere the world",
  geos: HORIZON,
  gnom: "the hemisphere about the centre",
  krovak: "the hemisphere about the axis' meridian",
  laea: "all but the antipode",
  lcc: "all but the pole away from the apex",
  merc: "all but the poles",
  nsper: HORIZON,
  ortho: HORIZON,
  somerc: "the hemisphere about the centre's meridian",
  stere: "all but the antipode",
  sterea: "all but the antipode",
  tmerc: "80° from the meridian; on a sphere 90°",
  tpers: HORIZON,
  utm: "80° from the meridian",
  webmerc: "all but the poles",
};

/** The README's table, in Markdown. */
export function projectionTable(): string {
  const rows = projectionNames().map((name) => {
    const cases = goldenCases.filter((one) => one.name === name);
    const worst = Math.max(...cases.map((one) => measured(createCrs(one.crs), one).worstMm));
    const forms = [...new Set(cases.map(({ form }) => FORMS[form]!))].join(", ");
    return `| \`${name}\` | ${keysOf(name)} | ${forms} | ${AREAS[name] ?? WORLD} | ${roundedUp(worst)} |`;
  });
  const head = "| `+proj=` | parameters, with defaults | read from | positions | mm from PROJ, at most |";
  return [head, "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}

const FORMS: Readonly<Record<string, string>> = {
  "PROJ string": "PROJ",
  WKT1_GDAL: "GDAL",
  WKT1_ESRI: "Esri",
  WKT2_2019: "WKT2",
};

function keysOf(name: string): string {
  if (name === "longlat") return "lon_wrap";
  if (name === "utm") return "zone (needed), south";
  const { numbers, flags = [], words = {} } = projectionNamed(name)!;
  const told = Object.entries(numbers).map(([key, byDefault]) => {
    if (byDefault === null) return `${key} (needed)`;
    return byDefault === undefined ? key : `${key} ${Number(byDefault.toFixed(4))}`;
  });
  return [...told, ...flags, ...Object.keys(words)].join(", ");
}

/** Not finer than 0.001 mm, so that no machine rounds it otherwise. */
function roundedUp(mm: number): string {
  return mm <= 0.001 ? "0.001" : String(Number((Math.ceil(mm * 10) / 10).toFixed(1)));
}
