import { existsSync, readFileSync } from "node:fs";
import { isCodedError } from "@zagg/core";
import { createCrs, knownEpsgCodes, sameCrs } from "../src/index.js";
import { describe, expect, it } from "vitest";

/** Ours and PROJ's formulas round differently; far corners of the Earth need a few ulps of 1e7. Metres or degrees. */
const SAME_FORMULA = 1e-7;
/** Seven-parameter shifts, polyconic and authalic spheres: each library's own iteration and constants. Metres. */
const OTHER_FORMULA = 1e-3;
const OTHER_FORMULA_CODES = new Set([3973, 3974, 3975, 5880, 27700]);
/** Projecting and back. Degrees; 2 mm on the ground, since datum shifts leave out the ellipsoidal height. */
const ROUND_TRIP = 2e-8;

const golden = new URL("../../../../shared/data/golden/proj_points.csv", import.meta.url);

interface Point {
  readonly epsg: number;
  readonly lon: number;
  readonly lat: number;
  readonly x: number;
  readonly y: number;
}

function pointsOf(url: URL): Point[] {
  return readFileSync(url, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [epsg, lon, lat, x, y] = line.split(",").map(Number) as [number, number, number, number, number];
      return { epsg, lon, lat, x, y };
    });
}

function project(text: string | number, lon: number, lat: number): [number, number] {
  const x = new Float64Array(1);
  const y = new Float64Array(1);
  createCrs(text).forward(Float64Array.of(lon), Float64Array.of(lat), 1, x, y);
  return [x[0]!, y[0]!];
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (isCodedError(error)) return error.code;
    throw error;
  }
  return "none";
}

describe("EPSG codes", () => {
  const points = pointsOf(new URL("./fixtures/epsg-points.csv", import.meta.url));

  it("project as PROJ does", () => {
    expect(points.length).toBeGreaterThan(1000);
    for (const { epsg, lon, lat, x, y } of points) {
      const [px, py] = project(`EPSG:${epsg}`, lon, lat);
      const tolerance = OTHER_FORMULA_CODES.has(epsg) ? OTHER_FORMULA : SAME_FORMULA;
      expect(Math.hypot(px - x, py - y), `EPSG:${epsg} at ${lon}, ${lat}`).toBeLessThan(tolerance);
    }
  });

  it("come back from x and y to where they were", () => {
    const out = new Float64Array(2);
    for (const { epsg, lon, lat, x, y } of points) {
      if (OTHER_FORMULA_CODES.has(epsg)) continue;
      expect(createCrs(`EPSG:${epsg}`).inverse(x, y, out), `EPSG:${epsg}`).toBe(true);
      expect(Math.abs(out[1]! - lat), `EPSG:${epsg} latitude`).toBeLessThan(ROUND_TRIP);
      const turn = Math.abs(out[0]! - lon) * Math.cos((lat * Math.PI) / 180);
      expect(Math.min(turn, Math.abs(turn - 360)), `EPSG:${epsg} longitude`).toBeLessThan(ROUND_TRIP);
    }
  });

  it("are each checked against PROJ, every UTM zone by seven of them", () => {
    const utm = (code: number) => code > 32600 && code <= 32760 && code !== 32661;
    const checked = new Set(points.map(({ epsg }) => epsg));
    expect(knownEpsgCodes().filter((code) => !utm(code) && !checked.has(code))).toEqual([]);
  });

  it("are listed in ascending order, each once", () => {
    const known = knownEpsgCodes();
    expect(known).toEqual([...new Set(known)].sort((a, b) => a - b));
  });

  it("are written in any case and kept in upper case", () => {
    expect(createCrs("epsg:3031").text).toBe("EPSG:3031");
  });

  it("are refused when they are not known, with a way out", () => {
    expect(codeOf(() => createCrs("EPSG:999999"))).toBe("CRS_UNKNOWN");
    expect(() => createCrs("EPSG:999999")).toThrow(/PROJ string or WKT/);
  });

  it("are not taken from the names of an object's own methods", () => {
    expect(codeOf(() => createCrs("constructor"))).toBe("CRS_UNKNOWN");
  });

  it("need their authority: a bare number is refused with the text to write", () => {
    expect(() => createCrs(3031)).toThrow(/write EPSG:3031/);
    expect(codeOf(() => createCrs("3031"))).toBe("CRS_UNKNOWN");
  });
});

describe.runIf(existsSync(golden))("the shared golden points", () => {
  it("are projected as PROJ projects them", () => {
    for (const { epsg, lon, lat, x, y } of pointsOf(golden)) {
      const [px, py] = project(`EPSG:${epsg}`, lon, lat);
      expect(Math.hypot(px - x, py - y), `EPSG:${epsg} at ${lon}, ${lat}`).toBeLessThan(SAME_FORMULA);
    }
  });
});

describe("other CRSs", () => {
  it("are kept as they were given", () => {
    const text = "+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=0 +datum=WGS84 +units=m";
    expect(createCrs(text).text).toBe(text);
  });

  it.each([
    ["an unknown projection", "+proj=nonsense +datum=WGS84", "CRS_UNKNOWN"],
    ["a PROJ pipeline", "+proj=pipeline +step +proj=utm +zone=18", "CRS_UNSUPPORTED"],
    ["an +init string", "+init=epsg:3031", "CRS_UNKNOWN"],
    ["UTM without a zone", "+proj=utm +datum=WGS84 +zone=abc", "CRS_PARAMETER"],
    ["WKT that does not close", 'PROJCS["x", GEOGCS["y"', "CRS_UNKNOWN"],
    ["an empty text", "", "CRS_UNKNOWN"],
    ["a name", "polar stereographic", "CRS_UNKNOWN"],
    ["three axes", "+proj=geocent +datum=WGS84", "CRS_UNSUPPORTED"],
    ["grid files", "+proj=longlat +ellps=clrk66 +nadgrids=conus", "CRS_UNSUPPORTED"],
  ])("are refused: %s", (_what, text, code) => {
    expect(codeOf(() => createCrs(text))).toBe(code);
  });
});

describe("projecting", () => {
  it("gives NaN for a latitude beyond a pole and for coordinates that are not finite, in every kind of CRS", () => {
    for (const text of ["EPSG:4326", "EPSG:3031", "EPSG:32618", "EPSG:6933", "EPSG:27700"]) {
      for (const [lon, lat] of [
        [0, 90.001],
        [0, -91],
        [0, NaN],
        [NaN, 60],
        [Infinity, 60],
      ] as const) {
        expect(project(text, lon, lat).every(Number.isFinite), `${text} at ${lon}, ${lat}`).toBe(false);
      }
    }
  });

  it("keeps the turn of a longitude in EPSG:4326, and drops it in a projection", () => {
    expect(project("EPSG:4326", 190, 10)).toEqual([190, 10]);
    for (const text of ["EPSG:6933", "EPSG:32718", "EPSG:27700"]) {
      const [[x, y], [turnedX, turnedY], [backX]] = [-170, 190, 550 - 1080].map((lon) =>
        project(text, lon, 10),
      ) as [[number, number], [number, number], [number, number]];
      for (const [turned, plain] of [
        [turnedX, x],
        [turnedY, y],
        [backX, x],
      ] as const) {
        expect(Math.abs(turned - plain), text).toBeLessThan(SAME_FORMULA);
      }
    }
  });

  it("puts the pole of a polar projection at its origin, whatever the longitude", () => {
    for (const lon of [-180, 0, 77, 180]) {
      expect(Math.hypot(...project("EPSG:3031", lon, -90))).toBeLessThan(SAME_FORMULA);
      expect(Math.hypot(...project("EPSG:3413", lon, 90))).toBeLessThan(SAME_FORMULA);
    }
  });

  it("has no point where the projection has none", () => {
    expect(project("EPSG:3857", 0, 90).every(Number.isFinite)).toBe(false);
    expect(project("+proj=ortho +lat_0=0 +lon_0=0 +datum=WGS84", 180, 0).every(Number.isFinite)).toBe(false);
  });

  it("converts units other than metres", () => {
    const meters = project("+proj=utm +zone=18 +datum=WGS84 +units=m", -76, 38);
    const feet = project("+proj=utm +zone=18 +datum=WGS84 +units=us-ft", -76, 38);
    expect((feet[0] * 1200) / 3937).toBeCloseTo(meters[0], 6);
  });
});

describe("WKT", () => {
  const neon = 'AUTHORITY["EPSG","32618"]]';
  const wkt1 = (code: string) =>
    'PROJCS["x",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],' +
    'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],' +
    'PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",-75],PARAMETER["scale_factor",0.9996],' +
    `PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1],${code}`;

  it("that names an EPSG code means what the code means", () => {
    expect(sameCrs(createCrs(wkt1(neon)), createCrs("EPSG:32618"))).toBe(true);
  });

  it("whose parameters contradict the EPSG code it names is refused", () => {
    expect(codeOf(() => createCrs(wkt1(neon.replace("32618", "32617"))))).toBe("CRS_UNSUPPORTED");
  });
});

describe("the meaning of a CRS", () => {
  const wkt = JSON.parse(readFileSync(new URL("./fixtures/wkt.json", import.meta.url), "utf8")) as Record<
    string,
    Record<string, string>
  >;
  const cases = Object.entries(wkt).flatMap(([code, versions]) =>
    Object.entries(versions).map(([version, text]) => [code, version, text] as const),
  );

  it.each(cases)("of %s is that of its %s", (code, _version, text) => {
    expect(sameCrs(createCrs(code), createCrs(text))).toBe(true);
    expect(sameCrs(createCrs(text), createCrs(code))).toBe(true);
  });

  it("of EPSG:3031 is that of the equivalent PROJ string, by standard parallel or by scale", () => {
    const code = createCrs("EPSG:3031");
    const base = "+proj=stere +lat_0=-90 +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m";
    expect(sameCrs(code, createCrs(`${base} +lat_ts=-71`))).toBe(true);
    expect(sameCrs(code, createCrs(`${base} +k=0.97276901289086`))).toBe(true);
    expect(sameCrs(code, createCrs(`${base} +lat_ts=-70`))).toBe(false);
  });

  it.each([
    ["EPSG:3031", "EPSG:3976"],
    ["EPSG:3031", "EPSG:3413"],
    ["EPSG:32618", "EPSG:32617"],
    ["EPSG:32618", "EPSG:32718"],
    ["EPSG:32618", "EPSG:26918"],
    ["EPSG:4326", "EPSG:4269"],
    ["EPSG:4326", "EPSG:3857"],
    ["EPSG:32618", "+proj=utm +zone=18 +ellps=GRS80 +units=m"],
    ["EPSG:32618", "+proj=utm +zone=18 +datum=WGS84 +units=us-ft"],
    ["EPSG:4326", "+proj=longlat +datum=WGS84 +pm=paris"],
    ["EPSG:27700", "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy"],
  ])("of %s differs from that of %s", (a, b) => {
    expect(sameCrs(createCrs(a), createCrs(b))).toBe(false);
  });
});
