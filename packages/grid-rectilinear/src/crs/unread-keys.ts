/** Keys of PROJ strings that are not read here, and why. */
import type { CrsDefinition } from "./definition.js";
import { crsFault } from "./faults.js";
import { numberOf } from "./numbers.js";
import type { GivenParameters } from "./proj-string.js";
import { projectionNamed } from "./projections.js";

/** Keys that say the datum. */
export const DATUM_KEYS = ["datum", "ellps", "a", "b", "rf", "f", "R", "R_A", "towgs84", "nadgrids"];
/** These values are what a projection that does not read the key does anyway. */
const NEUTRAL: Readonly<Record<string, number>> = { lat_0: 0, lon_0: 0, k_0: 1, x_0: 0, y_0: 0 };

/** Refuses what no grid can have, whatever the projection. @throws GridError `CRS_UNKNOWN`, `CRS_UNSUPPORTED` */
export function refuseUnsupportedKeys(definition: CrsDefinition, given: GivenParameters): void {
  const refuse = (why: string, mend: string) => crsFault("CRS_UNSUPPORTED", definition, { why, mend });
  if (given.has("init")) {
    throw crsFault("CRS_UNKNOWN", definition, {
      why: "+init names a file of PROJ 4",
      mend: "write its code, such as EPSG:3031",
    });
  }
  if (given.get("proj") === "geocent" || given.get("proj") === "cart") {
    throw refuse("a geocentric CRS has three axes", "use a geographic or projected CRS");
  }
  const axis = given.get("axis");
  if (axis !== undefined && axis !== "enu") {
    throw refuse(`its axes are +axis=${String(axis)}; x is always east and y north`, "leave +axis out");
  }
  if (given.has("over")) {
    throw refuse("+over tells turns of longitude apart, which projections here do not", "leave +over out");
  }
  for (const key of ["geoidgrids", "geoid_crs", "vunits", "vto_meter"]) {
    if (given.has(key)) throw refuse(`+${key} is about heights; a grid has none`, `leave +${key} out`);
  }
}

/** Refuses a key that nothing read, unless it says what holds anyway. @throws GridError `CRS_PARAMETER` */
export function refuseUnlessNeutral(
  definition: CrsDefinition,
  given: GivenParameters,
  proj: string,
  key: string,
): void {
  const canonical = key === "k" ? "k_0" : key;
  if (Object.hasOwn(NEUTRAL, canonical)) {
    if (numberOf(definition, key, given.get(key)!) === NEUTRAL[canonical]) return;
  }
  const read = proj === "utm" ? ["zone", "south"] : proj === "longlat" ? ["lon_wrap"] : keysOf(proj);
  throw crsFault("CRS_PARAMETER", definition, {
    why: `+proj=${proj} does not read +${key}`,
    mend: `take it out; read are ${[...read, "pm", ...DATUM_KEYS].map((name) => `+${name}`).join(" ")}`,
  });
}

/** The keys that a projection reads, without those of the datum. */
export function keysOf(proj: string): string[] {
  const { numbers, flags = [], words = {}, angular } = projectionNamed(proj)!;
  const common = angular === true ? [] : ["x_0", "y_0", "units", "to_meter"];
  return [...Object.keys(numbers), ...flags, ...Object.keys(words), ...common];
}
