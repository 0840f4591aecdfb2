/** The closed list of NumPy functions over arrays. */
import type { ArrayFunction } from "../nd-array.js";
import { calculusFunctions } from "./calculus.js";
import { createFunctions } from "./create.js";
import { elementwiseArrayFunctions } from "./elementwise.js";
import { histogramFunctions } from "./histogram.js";
import { joinFunctions } from "./join.js";
import { layoutFunctions } from "./layout.js";
import { orderFunctions } from "./order.js";
import { reduceFunctions } from "./reduce.js";

/** By what follows `np.`. */
export const arrayFunctions: ReadonlyMap<string, ArrayFunction> = new Map([
  ...elementwiseArrayFunctions,
  ...reduceFunctions,
  ...orderFunctions,
  ...histogramFunctions,
  ...calculusFunctions,
  ...createFunctions,
  ...joinFunctions,
  ...layoutFunctions,
]);
