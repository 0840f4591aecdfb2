/** What a thread of `threadedCovering` runs. */
import { ShardMapError, createGrid, errorToJson, isCodedError, type ShardCoverer } from "@zagg/core";
import { recompose } from "@zagg/core/node";
import { move, transferableSymbol, valueSymbol, workerData } from "piscina";
import { coverFootprints } from "./build/covering.js";
import { unpackFootprints, type PackedFootprints } from "./build/packed-footprints.js";
import type { WorkerAnswer, WorkerContext } from "./threads.js";

/** One coverer per thread, made at its first batch: a thread serves one build. */
let coverer: Promise<ShardCoverer> | undefined;

/** Covers a batch. What the grid throws without a code rejects. */
export async function coverBatch(packed: PackedFootprints): Promise<WorkerAnswer> {
  try {
    coverer ??= prepare(workerData as WorkerContext);
    const covered = coverFootprints(await coverer, unpackFootprints(packed));
    return move({
      [transferableSymbol]: [covered.counts.buffer, covered.shards.buffer],
      [valueSymbol]: covered,
    } as never) as unknown as WorkerAnswer;
  } catch (error) {
    if (!isCodedError(error)) throw error;
    return { failed: errorToJson(error) };
  }
}

async function prepare({ composition, config, region, shards }: WorkerContext): Promise<ShardCoverer> {
  const registry = await recompose(composition, { sharesDisk: true });
  const made = createGrid(registry, config).coverer(region);
  if (made.shardKeys.length !== shards) throw gridDiffers(made.shardKeys.length, shards);
  return made;
}

function gridDiffers(found: number, expected: number): ShardMapError {
  return new ShardMapError("SHARDMAP_WORKER", {
    what: `a thread finds ${found} shards in the region where ${expected} were found before`,
    why: "the indices that it answers with would mean other shards; its plugins or its grid's files are not the same",
    mend: "build with one thread, or do not change plugins and files during a build",
    details: { found, expected },
  });
}
