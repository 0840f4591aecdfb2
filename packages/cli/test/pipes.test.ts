/** The program itself: what becomes of it when nobody reads on. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const program = `${process.execPath} ${resolve(import.meta.dirname, "../bin/zagg.js")}`;

describe("a closed pipe", () => {
  it.each([
    ["results", "plugins --json", "| true", 0],
    ["errors", "inspect nowhere 2>&1", "| true", 3],
  ])("for %s keeps the exit status", (_what, command, rest, status) => {
    const outcome = spawnSync("bash", ["-c", `${program} ${command} ${rest}; exit "\${PIPESTATUS[0]}"`]);
    expect([outcome.status, outcome.stderr.toString()]).toEqual([status, ""]);
  });
});
