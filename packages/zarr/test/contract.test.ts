/** The stores of this package keep the contract. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storeContract } from "@zagg/core/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileStore } from "../src/fs.js";
import { memoryStore } from "../src/index.js";

/** Every example makes a folder. */
const NUM_RUNS = 15;

let folder: string;
let places = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "zagg-store-contract-"));
});
afterAll(() => rm(folder, { recursive: true }));

const runner = { describe, it, expect, numRuns: NUM_RUNS };

storeContract({ ...runner, factory: memoryStore(), uri: () => `memory://out-${places++}` });
storeContract({ ...runner, factory: fileStore, uri: () => join(folder, `out-${places++}.zarr`) });
storeContract({ ...runner, factory: fileStore, uri: () => `file://${folder}/by%20uri/${places++}/out` });
