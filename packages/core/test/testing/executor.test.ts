import { describe, expect, it } from "vitest";
import {
  createRegistry,
  fillElement,
  shardResult,
  type Executor,
  type ExecutorSession,
  type RunContext,
  type ShardJob,
  type ShardResult,
} from "../../src/index.js";
import { executorContract, remoteLikeExecutor, type ExecutorScene } from "../../src/testing.js";
import { brokenLaws } from "./collect-laws.js";

/** Stores by URI. Toy workers write what the fill values of the context mean. */
const stores = new Map<string, Map<string, string>>();
const meetings = new Map<string, number>();

const fills = {
  nan: "NaN",
  most: "Infinity",
  least: "-Infinity",
  zero: "-0",
  wide: "18446744073709551615",
} as const;

async function work(context: RunContext, job: ShardJob): Promise<ShardResult> {
  const [{ href = "" } = {}] = job.granules;
  if (href === "toy://missing") {
    const error = { name: "RunError", code: "SHARD_UNREADABLE", what: "w", why: "y", mend: "m" };
    return shardResult(job, { error });
  }
  const [, of = ""] = href.split("toy://meet/");
  if (of !== "") {
    meetings.set(context.storeUri, (meetings.get(context.storeUri) ?? 0) + 1);
    for (let turn = 0; turn < 20 && meetings.get(context.storeUri)! < Number(of); turn++) await moment();
    const error = { name: "RunError", code: "ALONE", what: "w", why: "y", mend: "m" };
    if (meetings.get(context.storeUri)! < Number(of)) return shardResult(job, { error });
  }
  await moment();
  const store = stores.get(context.storeUri) ?? new Map<string, string>();
  stores.set(context.storeUri, store);
  for (const { path, dtype, fillValue } of context.hierarchy.arrays) {
    const element = fillElement(dtype, fillValue);
    store.set(`${path}/${job.block.join(".")}`, Object.is(element, -0) ? "-0" : String(element));
  }
  return shardResult(job, { bytes_written: 1 });
}

const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

let scenes = 0;
function scene(): ExecutorScene {
  const storeUri = `toy://store-${scenes++}`;
  const array = {
    shape: [4],
    blockShape: [1],
    chunkShape: [1],
    sharded: false,
    compression: "none",
  } as const;
  const context = {
    runId: "r",
    composition: { specifier: "toy", version: "1.0.0", export: "compose" },
    config: {} as RunContext["config"],
    storeUri,
    hierarchy: {
      groups: [],
      arrays: Object.entries(fills).map(([path, fillValue]) => ({
        ...{ ...array, path, dtype: path === "wide" ? "uint64" : "float64", dimensions: ["d"] },
        ...{ fillValue, attributes: {} },
      })),
    },
  } as RunContext;
  const job = (block: number, href: string): ShardJob => ({
    shardKey: `${block}`,
    block: [block],
    granules: [{ id: "g", href, tells: true }],
  });
  return {
    registry: createRegistry([]),
    context,
    jobs: [job(0, "toy://a"), job(1, "toy://b")],
    failing: job(2, "toy://missing"),
    deadly: job(3, "toy://deadly"),
    meeting: (count) => Array.from({ length: count }, (_none, i) => job(i, `toy://meet/${count}`)),
    contents: async () => Object.fromEntries(stores.get(storeUri) ?? []),
    reference: (one) => work(context, one),
  };
}

const isDeadly = ({ granules }: ShardJob): boolean => granules[0]?.href === "toy://deadly";
const sound = (): Executor =>
  remoteLikeExecutor({
    startWorker: async (text) => {
      const context = JSON.parse(text) as RunContext;
      return { process: async (job) => JSON.stringify(await work(context, JSON.parse(job) as ShardJob)) };
    },
    fate: (delivery, job) => (isDeadly(job) ? "died" : delivery % 3 === 1 ? "twice" : "done"),
  });

executorContract({ describe, it, expect, create: sound, scene });

/** A sound executor with its session changed. */
function changed(
  change: (session: ExecutorSession, context: RunContext) => Partial<ExecutorSession>,
  descriptor: Partial<Executor> = {},
): () => Executor {
  return () => {
    const executor = sound();
    return {
      ...executor,
      async open(context, options) {
        const session = await executor.open(context, options);
        return { ...session, ...change(session, context) };
      },
      ...descriptor,
    };
  };
}

/** Executors with one fault each, and the law that has to find it. */
const faults: readonly (readonly [fault: string, law: string, create: () => Executor])[] = [
  [
    "no attempt at all",
    "its descriptor is whole",
    changed(() => ({}), { retry: { attempts: 0, backoffMs: 0 } }),
  ],
  [
    "a schema that takes anything",
    "its schema takes the parameters that it is opened with, and refuses one that it does not know",
    changed(() => ({}), { paramsSchema: { type: "object" } }),
  ],
  [
    "fill values that it takes for numbers",
    "a context and jobs that went through JSON text give the same bytes",
    () => ({
      ...sound(),
      open: (context, options) => {
        const arrays = context.hierarchy.arrays.map((array) =>
          array.fillValue === "-0" ? { ...array, fillValue: 0 } : array,
        );
        return sound().open({ ...context, hierarchy: { ...context.hierarchy, arrays } }, options);
      },
    }),
  ],
  [
    "a job's second delivery written elsewhere",
    "a job that is delivered again, or twice at once, leaves the same bytes",
    () => {
      const seen = new Set<string>();
      return changed(({ process }) => ({
        process: (job) => {
          const block = seen.has(job.shardKey) ? [...job.block, 1] : job.block;
          seen.add(job.shardKey);
          return process({ ...job, block });
        },
      }))();
    },
  ],
  [
    "a result with an instance in it",
    "results are plain JSON, and those of the job that was given",
    changed(({ process }) => ({
      process: async (job) => ({ ...(await process(job)), bytes_written: NaN }),
    })),
  ],
  [
    "the results of the jobs mixed up",
    "results are plain JSON, and those of the job that was given",
    changed(({ process }) => ({
      process: async (job) => ({ ...(await process(job)), shard_key: "0" }),
    })),
  ],
  [
    "a failed shard that rejects",
    "a shard that fails is a result, and the others go on",
    changed(({ process }) => ({
      process: async (job) => {
        const result = await process(job);
        if (result.error !== null && result.error.transient !== true) throw new Error(result.error.what);
        return result;
      },
    })),
  ],
  [
    "every failure called transient",
    "a shard that fails is a result, and the others go on",
    changed(({ process }) => ({
      process: async (job) => {
        const result = await process(job);
        return result.error === null
          ? result
          : { ...result, error: { ...result.error, transient: true as const } };
      },
    })),
  ],
  [
    "a death that counts for good",
    "the death of a worker is a transient failure of its shard, and the others go on",
    changed(({ process }) => ({
      process: async (job) => {
        const { error, ...result } = await process(job);
        if (error === null) return { ...result, error };
        const { transient: _transient, ...rest } = error;
        return { ...result, error: rest, attempts: 1 };
      },
    })),
  ],
  [
    "a death that ends the session",
    "the death of a worker is a transient failure of its shard, and the others go on",
    changed(({ process }) => ({
      process: (job) => (isDeadly(job) ? Promise.reject(new Error("gone")) : process(job)),
    })),
  ],
  [
    "one job at a time where it says more",
    "as many jobs are under way at once as it says",
    changed(({ process }) => {
      let last: Promise<unknown> = Promise.resolve();
      return { process: (job) => (last = last.then(() => process(job))) as Promise<ShardResult> };
    }),
  ],
  [
    "a second close that fails",
    "closing ends it, once or twice, and what was under way settles",
    changed(({ close }) => {
      let closed = false;
      return {
        close: async () => {
          if (closed) throw new Error("it is closed");
          closed = true;
          await close();
        },
      };
    }),
  ],
  [
    "jobs that a close leaves hanging",
    "closing ends it, once or twice, and what was under way settles",
    changed(({ process, close }) => {
      let closed = false;
      return {
        process: async (job) => {
          const result = await process(job);
          return closed ? new Promise(() => undefined) : result;
        },
        close: async () => {
          closed = true;
          await close();
        },
      };
    }),
  ],
];

describe("the executor kit finds", () => {
  for (const [fault, law, create] of faults) {
    it(fault, async () => {
      const found = await brokenLaws(
        (kit) => executorContract({ ...kit, create, scene, patienceMs: 300 }),
        law,
      );
      expect(found).toEqual([law]);
    });
  }
});
