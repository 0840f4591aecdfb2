/** Properties of contract kits: reproducible, and told with the smallest counterexample. */
import fc from "fast-check";
import { broken } from "./framework.js";

/** How hard a kit looks. */
export interface PropertyOptions {
  /** Examples a property; 50 unless told. */
  readonly numRuns?: number;
  /** Where the examples begin; fixed unless told, so that a build repeats. */
  readonly seed?: number;
}

const NUM_RUNS = 50;
const SEED = 20_260_101;
/** Characters of a counterexample that a failure shows. */
const LONGEST = 2000;

/** Holds `test` against examples of an arbitrary. @param test throws what does not hold */
export async function forEvery<T>(
  options: PropertyOptions,
  examples: fc.Arbitrary<T>,
  test: (example: T) => void | Promise<void>,
): Promise<void> {
  const { numRuns = NUM_RUNS, seed = SEED } = options;
  const property = fc.asyncProperty(examples, async (example) => {
    await test(example);
  });
  const run = await fc.check(property, { numRuns, seed });
  if (!run.failed) return;
  const { errorInstance, counterexample, counterexamplePath } = run;
  const said = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const shown = fc.stringify(counterexample?.[0]).slice(0, LONGEST);
  broken(`${said}; with ${shown} (seed ${seed}, path ${counterexamplePath})`);
}
