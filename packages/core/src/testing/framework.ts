/** What a contract kit needs of a test runner, and how a law fails. */

/** The least of a test runner: vitest, jest, and node:test beside any `expect` fit. */
export interface TestFramework {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => void | Promise<void>): unknown;
  expect(actual: unknown): Expectation;
}

export interface Expectation {
  toBe(expected: unknown): unknown;
}

/** A law that does not hold. Its message names the law, and where it fails. */
export class BrokenLaw extends Error {
  readonly law: string;

  constructor(law: string, point: string, cause?: unknown) {
    super(`${law}: ${point}`, cause === undefined ? {} : { cause });
    this.name = "BrokenLaw";
    this.law = law;
  }
}

/** Ends the running law as broken. @param point what does not hold, with its values */
export function broken(point: string): never {
  throw new Error(point);
}

/** Declares a law in the running suite. */
export type Law = (name: string, body: () => void | Promise<void>) => void;

/**
 * Declares a test of one law.
 * @param body throws what breaks the law; anything thrown is reported under the law's name
 */
export function declareLaw(framework: TestFramework, law: string, body: () => void | Promise<void>): void {
  framework.it(law, async () => {
    try {
      await body();
    } catch (error) {
      throw new BrokenLaw(law, error instanceof Error ? error.message : String(error), error);
    }
    // Runners can be told that a test without an assertion fails.
    framework.expect(law).toBe(law);
  });
}
