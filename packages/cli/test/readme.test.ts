import { expect, it } from "vitest";
import { main } from "../src/index.js";

it("runs the example of the README", async () => {
  let text = "";
  const status = await main(["plugins"], {
    stdout: { write: (part) => (text += part) },
    stderr: { write: () => true },
  });
  expect(status).toBe(0);
  expect(text).toContain("rectilinear");
});
