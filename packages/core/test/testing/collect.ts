/** A test runner that runs nothing by itself: which laws break, and what they say. */
import { gridContract, type GridContractOptions } from "../../src/testing.js";

export interface BrokenTest {
  readonly law: string;
  readonly message: string;
}

/** Runs the kit on a grid, or one law of it, and gives the tests that fail. */
export async function brokenLaws(
  options: Omit<GridContractOptions, "describe" | "it" | "expect">,
  only?: string,
): Promise<readonly BrokenTest[]> {
  const tests: { law: string; body: () => void | Promise<void> }[] = [];
  const expectation = new Proxy({}, { get: () => () => undefined }) as ReturnType<
    GridContractOptions["expect"]
  >;
  gridContract({
    ...options,
    describe: (_name, body) => body(),
    it: (law, body) => {
      if (only === undefined || law === only) tests.push({ law, body });
    },
    expect: () => expectation,
  });
  const broken: BrokenTest[] = [];
  for (const { law, body } of tests) {
    if (only !== undefined && law !== only) continue;
    try {
      await body();
    } catch (error) {
      broken.push({ law, message: (error as Error).message });
    }
  }
  return broken;
}
