import { parentPort, workerData } from "node:worker_threads";
import { aggregateOurs } from "./group-and-aggregate.mjs";

parentPort.on("message", (shards) => {
  for (const { cell, h } of shards) aggregateOurs(cell.slice(), h, workerData.cells);
  parentPort.postMessage("done");
});
