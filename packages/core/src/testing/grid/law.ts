/** Laws of grids as sentences that are checked, and what breaks them as findings. */
import { broken, declareLaw, type TestFramework } from "../framework.js";
import type { GridScene } from "./scene.js";

/** One sentence that every grid keeps. */
export interface GridLaw {
  readonly name: string;
  /** What breaks the law, one finding an offending point, key or value; empty when it holds. */
  check(scene: GridScene): readonly string[];
}

/** Findings of one law that a failure lists; the rest is counted. */
const LISTED = 5;

/** Declares a suite with a test per law. */
export function proveLaws(
  framework: TestFramework,
  title: string,
  laws: readonly GridLaw[],
  scene: () => GridScene,
): void {
  framework.describe(title, () => {
    for (const law of laws) {
      declareLaw(framework, law.name, () => {
        const found = law.check(scene());
        const more = found.length > LISTED ? `; and ${found.length - LISTED} more` : "";
        if (found.length > 0) broken(`${found.slice(0, LISTED).join("; ")}${more}`);
      });
    }
  });
}
