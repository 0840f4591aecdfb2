/** What refusing a hostile text costs: each of these took from one second to more than a hundred. */
import { expect, it } from "vitest";

import { parseYaml } from "../src/config/yaml.js";
import { hostileTexts } from "./hostile-texts.js";

/** Twice what the slowest takes on a quiet machine. */
const AT_ONCE_MS = 400;
const ATTEMPTS = 5;

it.each(hostileTexts(100_000))("a text of nothing but %s is refused at once", (_what, text, code) => {
  let least = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS && least > AT_ONCE_MS; attempt++) {
    const begun = performance.now();
    expect(() => parseYaml(text)).toThrow(expect.objectContaining({ code }));
    least = Math.min(least, performance.now() - begun);
  }
  expect(least).toBeLessThan(AT_ONCE_MS);
});
