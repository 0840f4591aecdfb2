/** A Python with what a proof compares us to; see tools/interop/python.sh. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("tools/interop/python.sh", import.meta.url));

/** @returns the interpreter; null when there is none, which is said on standard error, and fails where Python is required */
export function pythonWith(...modules) {
  const { status, stdout } = spawnSync("bash", [script, ...modules], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status === 0) return stdout.trim();
  if (process.env["ZAGG_REQUIRE_PYTHON"]) throw new Error(`no Python with ${modules.join(", ")}`);
  return null;
}
