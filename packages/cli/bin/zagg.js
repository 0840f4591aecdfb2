#!/usr/bin/env node
const { main } = await import("../dist/main.js").catch((error) => {
  if (error.code !== "ERR_MODULE_NOT_FOUND" || !error.message.includes("dist")) throw error;
  console.error("zagg is not built here: run npm run build");
  process.exit(1);
});

const interruption = new AbortController();
process.once("SIGINT", () => interruption.abort());
process.once("SIGTERM", () => interruption.abort());
for (const stream of [process.stdout, process.stderr]) {
  // A reader that has seen enough, such as `head`, is no failure: the work goes on, and its exit status stands.
  stream.on("error", (error) => {
    if (error.code !== "EPIPE") process.exit(1);
  });
}
process.exitCode = await main(process.argv.slice(2), { signal: interruption.signal });
