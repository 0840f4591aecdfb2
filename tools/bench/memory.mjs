// Peak memory of group-and-aggregate, in a process of its own.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const child = fileURLToPath(new URL("memory-child.mjs", import.meta.url));

export async function benchMemory({ points }) {
  const { own, peak } = JSON.parse(
    execFileSync(process.execPath, [child, String(points)], { encoding: "utf8" }),
  );
  const mega = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(
    `memory: points ${mega(own)}, peak over the idle process ${mega(peak)}: ${(peak / own).toFixed(2)}x\n`,
  );
}
