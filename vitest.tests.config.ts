/** `npm test`: every behaviour once, in minutes. */
import { allTests, places } from "./vitest.shared.js";

export default allTests(
  "tests",
  places.map((at) => `${at}/**/*.test.ts`),
  false,
);
