/** The names that an expression may use besides columns: the closed list. */
import { arrayFunctions } from "./array/functions/index.js";
import { numpyTypeNames } from "./dtype-names.js";
import { elementwiseFunctions, numpyConstants } from "./functions.js";
import { reductions } from "./reductions.js";

/** Python's own functions. */
export const builtins: readonly string[] = ["abs", "float", "int", "len", "sum"];
/** Functions that may be called as methods of their first argument. */
export const methods: ReadonlySet<string> = new Set([
  "all",
  "any",
  "clip",
  "max",
  "mean",
  "min",
  "prod",
  "round",
  "std",
  "sum",
  "var",
]);
/** What may follow `np.` over values of rows and of cells; sorted. */
export const plainNames: readonly string[] = [
  ...new Set([
    ...elementwiseFunctions.keys(),
    ...reductions.keys(),
    ...numpyConstants.keys(),
    ...numpyTypeNames,
    "average",
    "power",
    "size",
  ]),
].sort();
/** What may follow `np.`; sorted. */
export const numpyNames: readonly string[] = [
  ...new Set([...plainNames, ...arrayFunctions.keys(), "newaxis"]),
].sort();
