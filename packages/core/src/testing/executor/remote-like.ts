/** An executor in memory that behaves like remote ones: text both ways, latency, repeated and lost deliveries, deaths. */
import type { Executor, ShardJob, ShardResult } from "../../executor.js";
import { workerDied } from "../../shard-result.js";

/** Processes the text of a job to the text of its result. */
export interface TextWorker {
  process(job: string): Promise<string>;
}

/** What becomes of one delivery of a job. `lost`: it is processed, and nobody hears of it. */
export type Delivery = "done" | "twice" | "lost" | "died";

export interface RemoteLikeWorkers {
  /** Starts a worker with the text of the context: `openWorker` of `@zagg/runner/worker`, in most tests. */
  readonly startWorker: (context: string) => Promise<TextWorker>;
  /** Fate of the n-th delivery of a session, from 0; `done` unless told. */
  readonly fate?: (delivery: number, job: ShardJob) => Delivery;
  /** Milliseconds that each message is on its way; 1 unless told. */
  readonly latencyMs?: number;
}

/** Jobs are delivered at least once: one whose answer is lost is delivered again, one whose worker died fails. */
export function remoteLikeExecutor(options: RemoteLikeWorkers): Executor {
  const { startWorker, fate = () => "done", latencyMs = 1 } = options;
  const onItsWay = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, latencyMs));
  return {
    kind: "executor",
    apiVersion: 2,
    name: "remote-like",
    description: "Workers in memory that only text reaches.",
    paramsSchema: {
      type: "object",
      additionalProperties: false,
      properties: {
        queue: { type: "string", minLength: 1 },
        prefetch: { type: "integer", minimum: 1, default: 1 },
      },
    },
    sharesDisk: false,
    retry: { attempts: 3, backoffMs: 1 },
    async open(context, { workers }) {
      const text = JSON.stringify(context);
      const idle: TextWorker[] = [];
      let deliveries = 0;
      let closed = false;
      const deliver = async (job: string): Promise<string> => {
        await onItsWay();
        const worker = idle.pop() ?? (await startWorker(text));
        try {
          return await worker.process(job);
        } finally {
          idle.push(worker);
          await onItsWay();
        }
      };
      return {
        concurrency: Math.max(1, workers),
        async process(job) {
          const message = JSON.stringify(job);
          for (;;) {
            if (closed) throw new Error("the session is closed");
            const end = fate(deliveries++, job);
            if (end === "died") {
              idle.pop();
              return workerDied(job, "the host went away");
            }
            const answers = await Promise.all(
              Array.from({ length: end === "twice" ? 2 : 1 }, () => deliver(message)),
            );
            if (end !== "lost") return JSON.parse(answers[0]!) as ShardResult;
          }
        },
        async close() {
          closed = true;
          idle.length = 0;
        },
      };
    },
  };
}
