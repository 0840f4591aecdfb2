import { describe, expect, it } from "vitest";
import { progressLine, startProgress } from "../src/output/progress.js";
import { createTerminal } from "../src/output/terminal.js";

describe("a line of progress", () => {
  it("tells what is done, how fast, and how long the rest takes", () => {
    expect(progressLine(12, 1, 4, { total: 40, noun: "shards" })).toBe(
      "12/40 shards, 1 failed, 3.0 shards/s, 10 s left",
    );
    expect(progressLine(0, 0, 0, { total: 40, noun: "shards" })).toBe(
      "0/40 shards, 0.0 shards/s, time left unknown",
    );
  });

  it.each([null, 7])("tells of no rest when the total is %j and 12 are done", (total) => {
    expect(progressLine(12, 0, 4, { total, noun: "granules" })).toBe("12 granules, 3.0 granules/s");
  });
});

describe("progress without a terminal", () => {
  it("is a line every five seconds, with the total that became known on the way", () => {
    let text = "";
    let now = 0;
    const output = { write: (part: string) => (text += part) };
    const terminal = createTerminal(output, output);
    const progress = startProgress(terminal, { total: null, noun: "granules", now: () => now });
    for (const done of [10, 20, 30]) {
      now += 4_000;
      progress.update(done, 0, 100);
    }
    expect(text).toBe("20/100 granules, 2.5 granules/s, 32 s left\n");
  });

  it("stays a line every five seconds when there are more than the total that a server told", () => {
    let text = "";
    let now = 0;
    const output = { write: (part: string) => (text += part) };
    const progress = startProgress(createTerminal(output, output), {
      total: null,
      noun: "granules",
      now: () => now,
    });
    for (let done = 8; done < 100; done++) {
      now += 100;
      progress.update(done, 0, 10);
    }
    expect(text.trimEnd().split("\n")).toEqual([
      "10/10 granules, 33 granules/s, 0 s left",
      "60 granules, 11 granules/s",
    ]);
  });

  it("is nothing with --quiet", () => {
    let text = "";
    const output = { write: (part: string) => (text += part) };
    const terminal = createTerminal(output, output, { quiet: true });
    startProgress(terminal, { total: null, noun: "granules", now: () => 0 }).update(5, 0, 5);
    expect(text).toBe("");
  });
});
