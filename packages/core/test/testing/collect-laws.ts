/** Runs a contract kit without a test runner, and says which laws are broken. */
import type { TestFramework } from "../../src/testing/framework.js";

/** Laws by name: the message of the one that broke, or null where it holds. */
export type Verdicts = ReadonlyMap<string, string | null>;

/**
 * @param declare declares the kit's tests on the framework that it is given
 * @param only the one law to run; every law unless told
 */
export async function verdictsOf(
  declare: (framework: TestFramework) => void,
  only?: string,
): Promise<Verdicts> {
  const tests: (readonly [string, () => void | Promise<void>])[] = [];
  declare({
    describe: (_name, body) => body(),
    it: (name, body) => tests.push([name, body]),
    expect: () => ({ toBe: () => undefined }),
  });
  const verdicts = new Map<string, string | null>();
  for (const [name, body] of tests) {
    if (only !== undefined && name !== only) continue;
    try {
      await body();
      verdicts.set(name, null);
    } catch (error) {
      verdicts.set(name, error instanceof Error ? error.message : String(error));
    }
  }
  return verdicts;
}

/** Whether one law is broken: its name, or nothing. */
export async function brokenLaws(
  declare: (framework: TestFramework) => void,
  law: string,
): Promise<readonly string[]> {
  const verdicts = await verdictsOf(declare, law);
  return [...verdicts].filter(([, message]) => message !== null).map(([name]) => name);
}
