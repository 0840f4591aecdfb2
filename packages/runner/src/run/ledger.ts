/**
 * The ledger: which shards of an unfinished run are done. One small object per shard among the notes of the work, so that
 * no two writers meet at one object, and no commit puts it at the target.
 */
import { NOTES, type ObjectStore, type ShardJob, type ShardResult, type Warning } from "@zagg/core";

/** What the ledger of an earlier attempt says. */
export interface LedgerContents {
  /** Results of shards that are done, by shard key. */
  readonly done: ReadonlyMap<string, ShardResult>;
  readonly warnings: readonly Warning[];
}

/** Objects read at once. */
const BATCH = 32;

/** Records a shard that is done. Call it only when every block of the shard is written. */
export async function recordShard(store: ObjectStore, result: ShardResult): Promise<void> {
  await store.put(ledgerKey(result.shard_key), new TextEncoder().encode(JSON.stringify(result)));
}

/**
 * The shards that need not be done again. One that left granules out is not among them: they may be readable by now.
 * An entry that cannot be read counts as not done, and is warned of.
 */
export async function readLedger(store: ObjectStore, jobs: readonly ShardJob[]): Promise<LedgerContents> {
  const done = new Map<string, ShardResult>();
  const warnings: Warning[] = [];
  await inBatches(jobs, async ({ shardKey }) => {
    const bytes = await store.get(ledgerKey(shardKey));
    if (bytes === undefined) return;
    const result = parseEntry(bytes, shardKey);
    if (result === undefined) warnings.push(corruptEntry(shardKey));
    else if (result.skipped_granules.length === 0) done.set(shardKey, result);
  });
  return { done, warnings };
}

function ledgerKey(shardKey: string): string {
  return `${NOTES}shards/${shardKey}.json`;
}

function parseEntry(bytes: Uint8Array, shardKey: string): ShardResult | undefined {
  try {
    const entry = JSON.parse(new TextDecoder().decode(bytes)) as Partial<ShardResult> | null;
    const isDone =
      entry?.shard_key === shardKey && entry.error === null && Array.isArray(entry.skipped_granules);
    return isDone ? (entry as ShardResult) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function corruptEntry(shardKey: string): Warning {
  return {
    code: "RUN_LEDGER_CORRUPT",
    what: `the ledger entry of shard ${shardKey} cannot be read`,
    why: "an earlier attempt was cut off while it wrote it",
    mend: "nothing to do: the shard is processed again",
    details: { shard_key: shardKey },
  };
}

async function inBatches(jobs: readonly ShardJob[], step: (job: ShardJob) => Promise<void>): Promise<void> {
  for (let first = 0; first < jobs.length; first += BATCH) {
    await Promise.all(jobs.slice(first, first + BATCH).map(step));
  }
}
