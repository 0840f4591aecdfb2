/** A pool of threads that stay, each started with the same data. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export interface ThreadPoolRequest {
  /** The built module that each thread loads, also when its caller runs from its source. */
  readonly module: {
    readonly packageName: string;
    /** In the package's `dist`. */
    readonly file: string;
    /** `import.meta.url` of a module that sees the package. */
    readonly from: string;
  };
  /** Name of the exported function that takes a task and answers it. */
  readonly task: string;
  /** Threads, from 1. */
  readonly count: number;
  /** What each thread is started with. */
  readonly workerData: unknown;
}

export interface ThreadPool<Answer> {
  /** Rejects when the thread ends before it answers (another takes its place), and when the signal interrupts. */
  run(
    task: unknown,
    options?: { readonly transferList?: readonly ArrayBuffer[]; readonly signal?: AbortSignal },
  ): Promise<Answer>;
  /** Rejects when a thread cannot start; never resolves. */
  readonly lost: Promise<never>;
  /** Ends the threads; what they are at rejects. Idempotent. */
  close(): Promise<void>;
}

export async function startThreads<Answer>(request: ThreadPoolRequest): Promise<ThreadPool<Answer>> {
  const { module, task: name, count, workerData } = request;
  const { Piscina } = await import("piscina");
  const packageJson = createRequire(module.from).resolve(`${module.packageName}/package.json`);
  const threads = new Piscina({
    filename: join(dirname(packageJson), "dist", module.file),
    name,
    minThreads: count,
    maxThreads: count,
    workerData,
    // Workers load built files, whatever conditions this process resolves packages under.
    execArgv: [],
  });
  const lost = new Promise<never>((_resolve, reject) => threads.on("error", reject));
  lost.catch(() => undefined);
  let closed: Promise<void> | undefined;
  return {
    run: (task, options = {}) => threads.run(task, options as object) as Promise<Answer>,
    lost,
    close: () => (closed ??= threads.destroy()),
  };
}
