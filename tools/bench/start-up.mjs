// CPU that the command takes before it does anything, beside a Node that does nothing: the least of several starts in turn,
// in milliseconds. Nothing depends on it; npm run build comes first.
//
//   node tools/bench/start-up.mjs [ROUNDS]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const rounds = Number(process.argv[2] ?? 10);
const zagg = fileURLToPath(new URL("../../packages/cli/bin/zagg.js", import.meta.url));
const starts = {
  "node -e 0": ["-e", "0"],
  "zagg --version": [zagg, "--version"],
  "zagg --help": [zagg, "--help"],
  "zagg run --help": [zagg, "run", "--help"],
  "zagg plugins": [zagg, "plugins"],
  "zagg validate atl06": [zagg, "validate", "atl06"],
};

/** User and system time of a process, in milliseconds, as the shell measures it. */
function cpuMs(args) {
  const script = 'TIMEFORMAT="%U %S"; time "$@" > /dev/null 2>&1';
  const { stderr, status } = spawnSync("bash", ["-c", script, "bash", process.execPath, ...args], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`node ${args.join(" ")} exits ${status}`);
  return stderr
    .trim()
    .split(" ")
    .reduce((sum, seconds) => sum + 1000 * Number(seconds), 0);
}

const least = Object.fromEntries(Object.keys(starts).map((name) => [name, Infinity]));
for (let round = 0; round < rounds; round++)
  for (const [name, args] of Object.entries(starts)) least[name] = Math.min(least[name], cpuMs(args));
for (const [name, ms] of Object.entries(least))
  console.log(
    `${name.padEnd(22)}${ms.toFixed(0).padStart(6)} ms CPU, ${(ms / least["node -e 0"]).toFixed(1)} times node`,
  );
