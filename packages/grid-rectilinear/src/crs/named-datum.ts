/** Datums by their names, as WKT gives them: which shift to WGS 84 each takes. */
import type { CrsDefinition } from "./definition.js";
import type { ShiftParameters } from "./datum-shift.js";
import { datumShifts } from "./datum-shifts.js";
import { flattened, squaredEccentricity, type Ellipsoid } from "./ellipsoid.js";
import { crsFault } from "./faults.js";

interface KnownDatum {
  readonly ellipsoid: Ellipsoid;
  readonly shift: ShiftParameters | undefined;
}

let known: ReadonlyMap<string, KnownDatum> | undefined;

/** Tells ellipsoids apart that differ by 0.1 m. */
const SAME_AXIS = 1e-8;
const SAME_ECCENTRICITY = 1e-9;

/**
 * The shift of a datum from its name.
 *
 * A sphere, and a datum whose name says that it is not known, have none: their longitudes and latitudes are taken as they are, as by PROJ.
 *
 * @throws GridError `CRS_DATUM` if the name says nothing, or another ellipsoid than the one given
 */
export function shiftOfDatum(
  definition: CrsDefinition,
  name: string,
  ellipsoid: Ellipsoid,
): ShiftParameters | undefined {
  if (ellipsoid.a === ellipsoid.b || isNone(name)) return undefined;
  known ??= readTable();
  const datum = known.get(plainName(name));
  if (datum === undefined) {
    throw crsFault("CRS_DATUM", definition, {
      why: `no shift between its datum "${name}" and WGS 84 is known here, or there is more than one`,
      mend: "give the shift: TOWGS84[…] in its DATUM, or a PROJ string with +towgs84; +ellps alone takes positions as they are",
    });
  }
  const isOther =
    Math.abs(datum.ellipsoid.a - ellipsoid.a) > SAME_AXIS * ellipsoid.a ||
    Math.abs(squaredEccentricity(datum.ellipsoid) - squaredEccentricity(ellipsoid)) > SAME_ECCENTRICITY;
  if (isOther) {
    throw crsFault("CRS_DATUM", definition, {
      why: `its datum "${name}" has another ellipsoid than the one given`,
      mend: "give the ellipsoid of the datum, or another name and TOWGS84[…] in its DATUM",
    });
  }
  return datum.shift;
}

/** "Unknown based on …" of PROJ, "Not specified (based on …)" of EPSG and Esri. */
function isNone(name: string): boolean {
  return /^(d)?(unknown|undefined|unspecified|notspecified)/.test(plainName(name));
}

/** Without case, spaces, signs, and the D_ of Esri. */
function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^d_/, "")
    .replaceAll(/[^a-z0-9]/g, "");
}

function readTable(): ReadonlyMap<string, KnownDatum> {
  const table = new Map<string, KnownDatum>();
  for (const [a, inverseFlattening, shift, names] of datumShifts) {
    const parts = shift === "" ? undefined : shift.split(",").map(Number);
    const parameters =
      parts === undefined ? undefined : ([...parts, 0, 0, 0, 0].slice(0, 7) as unknown as ShiftParameters);
    const datum = { ellipsoid: flattened(a, inverseFlattening), shift: parameters };
    for (const name of names.split(" ")) table.set(name, datum);
  }
  return table;
}
