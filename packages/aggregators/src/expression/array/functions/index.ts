/** The closed list of NumPy functions over arrays. */
import type { ArrayFunction } from "../nd-array.js";
import { createFunctions } from "./create.js";
import { elementwiseArrayFunctions } from "./elementwise.js";
import { orderFunctions } from "./order.js";
import { reduceFunctions } from "./reduce.js";

/** By what follows `np.`. */
export const arrayFunctions: ReadonlyMap<string, ArrayFunction> = new Map([
  ...elementwiseArrayFunctions,
  ...reduceFunctions,
  ...orderFunctions,
  ...createFunctions,
]);
