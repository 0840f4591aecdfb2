/** `npm run test:proofs`: what takes long, and the tests that look harder when there is time. */
import { allTests, places, scaledTests } from "./vitest.shared.js";

export default allTests("proofs", [...places.map((at) => `${at}/**/*.proof.ts`), ...scaledTests()], true);
