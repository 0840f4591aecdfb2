import { describe, expect, it } from "vitest";
import { tellSkipped } from "../src/output/skipped.js";
import { createTerminal, print, tell } from "../src/output/terminal.js";

describe("a terminal", () => {
  it("shows control characters of what others wrote as such, and keeps line ends, tabs and its own colours", () => {
    let text = "";
    const output = { write: (part: string) => (text += part), isTTY: true };
    const terminal = createTerminal(output, output, { env: {} });
    const id = "G\u001b]0;owned\u0007\u001b[2J\u009bm";
    const error = { name: "CatalogError", code: "CATALOG_ITEM", what: `item ${id}`, why: "w", mend: "m" };
    tellSkipped(terminal, [{ id, error }]);
    print(terminal, `a\tb\r\n${id}`);
    tell(terminal, id);
    const safe = "G\ufffd]0;owned\ufffd\ufffd[2J\ufffdm";
    expect(text).toBe(
      `\u001b[33mskipped ${safe}\u001b[39m: CATALOG_ITEM: item ${safe}: w; m\na\tb\r\n${safe}\n${safe}\n`,
    );
  });
});
