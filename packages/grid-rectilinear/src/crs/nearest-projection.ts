/** What to use in place of a projection that is not known here. */
import type { GridError } from "@zagg/core";
import type { CrsDefinition } from "./definition.js";
import { crsFault } from "./faults.js";
import { projectionNames } from "./projections.js";

/** Projections of PROJ 9.5 that are not known here, by what comes nearest. */
const NEAREST: readonly (readonly [nearest: string, names: string])[] = [
  [
    "eqearth, moll or sinu",
    "robin natearth natearth2 goode igh igh_o imoll imoll_o wag1 wag2 wag3 wag4 wag5 wag6 wag7 wink1 wink2 wintri hammer aitoff eck1 eck2 eck3 eck4 eck5 kav5 kav7 mbt_fps mbt_s mbtfpp mbtfpq mbtfps mbt_s nell nell_h putp1 putp2 putp3 putp3p putp4p putp5 putp5p putp6 putp6p weren hatano fahey crast collg boggs fouc fouc_s gins8 gn_sinu qua_aut times tobmerc urmfps urm5 loxim larr lask denoy apian bacon ortel august rpoly patterson comill gall ocea cc",
  ],
  ["laea on each side", "qsc rhealpix healpix isea s2 airy"],
  ["tmerc", "gstmerc nzmg tcc tcea tpeqd"],
  [
    "lcc, aea or eqdc",
    "euler leac lcca murd1 murd2 murd3 pconic tissot vitk1 imw_p ccon rouss chamb lsat mod_krovak",
  ],
  ["stere with +lat_0=90 or +lat_0=-90", "ups"],
  ["stere or laea", "alsk gs48 gs50 lee_os mil_os bertin1953 adams_hemi adams_ws1 adams_ws2 guyou peirce_q"],
  ["vandg", "vandg2 vandg3 vandg4 lagrng nicol ob_tran"],
  ["mill or eqc", "misrsom som col_urban"],
];

/** An error that names the nearest, or every name there is. */
export function nearestProjection(definition: CrsDefinition, name: string): GridError {
  const nearest = NEAREST.find(([, names]) => names.split(" ").includes(name))?.[0];
  if (nearest !== undefined) {
    return crsFault("CRS_UNSUPPORTED", definition, {
      why: `+proj=${name} is a projection of PROJ that is not known here`,
      mend: `use ${nearest} in its place, or one of ${projectionNames().join(" ")}`,
    });
  }
  return crsFault("CRS_UNKNOWN", definition, {
    why: `+proj=${name} is not a projection of PROJ`,
    mend: `use one of ${projectionNames().join(" ")}`,
  });
}
