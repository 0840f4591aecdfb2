// A Python process that times tasks on arrays read from files; absent packages are left out.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("rivals.py", import.meta.url));
const env = {
  ...process.env,
  OMP_NUM_THREADS: "1",
  POLARS_MAX_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  RAYON_NUM_THREADS: "1",
};

/** @returns {Promise<{ modules: string[], time(task: object): Promise<number>, stop(): Promise<void> }>} */
export async function startPython(command) {
  const child = spawn(command, [script], { env, stdio: ["pipe", "pipe", "inherit"] });
  const failed = new Promise((resolve) => child.once("error", () => resolve(undefined)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const hello = await Promise.race([lines.next(), failed]);
  if (hello?.value === undefined) return { modules: [], time: async () => NaN, stop: async () => undefined };
  return {
    modules: JSON.parse(hello.value),
    async time(task) {
      child.stdin.write(`${JSON.stringify(task)}\n`);
      const { value } = await lines.next();
      return JSON.parse(value).seconds;
    },
    async stop() {
      child.stdin.end();
      await new Promise((resolve) => child.once("close", resolve));
    },
  };
}
