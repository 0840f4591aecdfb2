/** The golden table of PROJ: every projection, in every form, and datums by their names. See fixtures/PROVENANCE.md. */
import { readFileSync } from "node:fs";
import { isCodedError } from "@zagg/core";
import { describe, expect, it } from "vitest";
import { projectionNames } from "../src/crs/projections.js";
import { createCrs } from "../src/index.js";
import { goldenCases, measured, projectionTable } from "./projection-table.js";

/** Millimetres; van der Grinten's is what PROJ itself loses by the order of its sums. */
const RIGHT = 1;
const RIGHT_VAN_DER_GRINTEN = 20;
/** The way back, degrees on the ground; with a shift of datum it misses the height that the way here leaves out. */
const BACK = 1e-9;
const BACK_SHIFTED = 1e-6;
/** Datums that PROJ shifts in more than one way inside of their land. */
const SEVERAL_SHIFTS = new Set([4267, 4301, 5514, 23032, 31468]);

const isRefused = ({ epsg }: { readonly epsg?: number }) => epsg !== undefined && SEVERAL_SHIFTS.has(epsg);

describe("the golden table", () => {
  it("has every projection that is known", () => {
    const names = new Set(goldenCases.map(({ name }) => name));
    expect([...names].filter((name) => name !== "datum").sort()).toEqual(projectionNames());
  });

  it.each([...new Set(goldenCases.map(({ name }) => name))])("holds for %s", (name) => {
    for (const one of goldenCases.filter((row) => row.name === name && !isRefused(row))) {
      const crs = createCrs(one.crs);
      const { worstMm, worstBackDeg, wronglyPlaced } = measured(crs, one);
      expect(worstMm, one.crs).toBeLessThan(name === "vandg" ? RIGHT_VAN_DER_GRINTEN : RIGHT);
      expect(worstBackDeg, one.crs).toBeLessThan(crs.parameters.shift === undefined ? BACK : BACK_SHIFTED);
      expect(wronglyPlaced, one.crs).toEqual([]);
    }
  });

  it.each(goldenCases.filter(isRefused))(
    "has no place for the datum of EPSG:$epsg in $form, which PROJ shifts in several ways",
    ({ crs }) => {
      let code = "none";
      try {
        createCrs(crs);
      } catch (error) {
        if (isCodedError(error)) code = error.code;
      }
      expect(code).toBe("CRS_DATUM");
    },
  );
});

it("the README's table of projections is what the golden table says", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const plain = (text: string) => text.replaceAll(/[ -]+/g, " ");
  expect(plain(readme)).toContain(plain(projectionTable()));
});
