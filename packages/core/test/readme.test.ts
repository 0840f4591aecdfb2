import { expect, it } from "vitest";
import { createRegistry, perCell } from "../src/index.js";

it("runs the example of the README", () => {
  const range = perCell(
    { name: "range", aliases: ["ptp"], description: "Largest less smallest." },
    (values) => {
      let low = Infinity;
      let high = -Infinity;
      for (const value of values) {
        if (value < low) low = value;
        if (value > high) high = value;
      }
      return high - low;
    },
  );
  const registry = createRegistry([range]);
  expect(registry.aggregator("np.ptp")).toBe(range);
});
