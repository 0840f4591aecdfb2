import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { authalicFromGeodetic, geodeticFromAuthalic } from "../src/latitude.js";

/** The two series, each cut off after e^10, undo one another within this. */
const ROUND_TRIP_TOLERANCE_DEG = 1e-11;
/** The series leave out terms of e^12: within 1e-12° of the closed form. */
const SERIES_TOLERANCE_DEG = 1e-12;

/** Authalic latitude by its closed form, Snyder 1987, equations 3-11 and 3-12. */
function closedForm(latDeg: number): number {
  const flattening = 1 / 298.257223563;
  const e = Math.sqrt(flattening * (2 - flattening));
  const q = (s: number): number => (1 - e * e) * (s / (1 - e * e * s * s) + Math.atanh(e * s) / e);
  return (Math.asin(q(Math.sin((latDeg * Math.PI) / 180)) / q(1)) * 180) / Math.PI;
}

describe("authalic latitude", () => {
  it("is that of the published example", () => {
    expect(authalicFromGeodetic(38.89)).toBe(38.76466030836399);
  });

  it("agrees with the closed form", () => {
    for (let latDeg = -80; latDeg <= 80; latDeg += 0.37) {
      expect(Math.abs(authalicFromGeodetic(latDeg) - closedForm(latDeg))).toBeLessThan(SERIES_TOLERANCE_DEG);
    }
  });

  it("is 0.128 degrees nearer the equator at 45 degrees", () => {
    expect(45 - authalicFromGeodetic(45)).toBeCloseTo(0.128, 3);
    expect(45 + authalicFromGeodetic(-45)).toBeCloseTo(0.128, 3);
  });

  it("leaves the poles and the equator where they are", () => {
    for (const latDeg of [-90, 0, 90]) {
      expect(authalicFromGeodetic(latDeg)).toBe(latDeg);
      expect(geodeticFromAuthalic(latDeg)).toBe(latDeg);
    }
  });

  it("passes NaN on", () => {
    expect(authalicFromGeodetic(NaN)).toBeNaN();
    expect(geodeticFromAuthalic(NaN)).toBeNaN();
  });

  it("goes back to the geodetic latitude, and stays within the poles", () => {
    fc.assert(
      fc.property(fc.double({ min: -90, max: 90, noNaN: true }), (latDeg) => {
        const authalic = authalicFromGeodetic(latDeg);
        expect(Math.abs(authalic)).toBeLessThanOrEqual(90);
        expect(Math.abs(geodeticFromAuthalic(authalic) - latDeg)).toBeLessThan(ROUND_TRIP_TOLERANCE_DEG);
      }),
    );
  });
});
