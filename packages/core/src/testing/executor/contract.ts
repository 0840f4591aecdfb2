/** The contract kit of executors. */
import { API_VERSION } from "../../api-version.js";
import { executorParams } from "../../config/executor-params.js";
import { isCodedError } from "../../errors.js";
import type { Executor, ExecutorSession, RunContext, ShardJob, ShardResult } from "../../executor.js";
import type { JsonObject } from "../../json.js";
import { broken, declareLaw, type Law, type TestFramework } from "../framework.js";
import type { ExecutorScene } from "./scene.js";

export interface ExecutorContractOptions extends TestFramework {
  readonly create: () => Executor;
  /** A run into a place where nothing is yet: another one at every call. */
  readonly scene: () => ExecutorScene | Promise<ExecutorScene>;
  /** Parameters to open it with. */
  readonly params?: JsonObject;
  /** Jobs at once that are asked for; 2 unless told. */
  readonly workers?: number;
  /** How long closing may take, and a meeting of jobs, milliseconds; 20,000 unless told. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 20_000;

/**
 * Declares a test for each law of the executor contract.
 *
 * @example
 * executorContract({ describe, it, expect, create: () => inlineExecutor, scene: () => sceneIn(newFolder()) });
 */
export function executorContract(options: ExecutorContractOptions): void {
  options.describe(`the executor contract: ${options.create().name}`, () => {
    const law: Law = (name, body) => declareLaw(options, name, body);
    descriptorLaws(options, law);
    byteLaws(options, law);
    sessionLaws(options, law);
  });
}

function descriptorLaws({ create, params }: ExecutorContractOptions, law: Law): void {
  law("its descriptor is whole", () => {
    const { kind, apiVersion, name, description, paramsSchema, sharesDisk, retry } = create();
    if (kind !== "executor" || apiVersion !== API_VERSION) broken(`kind ${kind}, version ${apiVersion}`);
    if (!/^[a-z][a-z0-9-]*$/.test(name)) broken(`the name "${name}" cannot be written as an option's value`);
    if (description.trim() === "") broken("the description is blank");
    if (typeof paramsSchema !== "object") broken("there is no schema of parameters");
    if (typeof sharesDisk !== "boolean") broken("it does not say whether its workers share the disk");
    if (!Number.isInteger(retry.attempts) || retry.attempts < 1) broken(`${retry.attempts} attempts`);
    if (!(retry.backoffMs >= 0)) broken(`a pause of ${retry.backoffMs} ms`);
  });
  law(
    "its schema takes the parameters that it is opened with, and refuses one that it does not know",
    async () => {
      await executorParams(create(), params ?? {});
      const code = await executorParams(create(), { ...params, "not-a-parameter": 1 }).then(
        () => "none",
        (error: unknown) => (isCodedError(error) ? error.code : String(error)),
      );
      if (code !== "EXECUTOR_PARAMS") broken(`an unknown parameter is refused with ${code}`);
    },
  );
}

function byteLaws(options: ExecutorContractOptions, law: Law): void {
  law("a context and jobs that went through JSON text give the same bytes", async () => {
    const expected = await referenceContents(options);
    const scene = await options.scene();
    await inSession(options, scene, throughJson(scene.context), async (session) => {
      for (const job of scene.jobs) assertDone(await session.process(throughJson(job)));
    });
    assertSame(await scene.contents(), expected);
  });
  law("a job that is delivered again, or twice at once, leaves the same bytes", async () => {
    const expected = await referenceContents(options);
    const scene = await options.scene();
    await inSession(options, scene, scene.context, async (session) => {
      for (const job of scene.jobs) {
        const atOnce = Array.from({ length: Math.min(2, session.concurrency) }, () => session.process(job));
        (await Promise.all(atOnce)).forEach(assertDone);
        assertDone(await session.process(job));
      }
    });
    assertSame(await scene.contents(), expected);
  });
  law("results are plain JSON, and those of the job that was given", async () => {
    const scene = await options.scene();
    await inSession(options, scene, scene.context, async (session) => {
      for (const job of [...scene.jobs, scene.failing]) {
        const { shardKey } = job;
        const result = await session.process(job);
        if (result.shard_key !== shardKey) broken(`shard ${shardKey} is answered by ${result.shard_key}`);
        if (!sameData(result, throughJson(result))) broken(`JSON changes the result of shard ${shardKey}`);
        if (Object.keys(result).at(-1) !== "attempts") broken("attempts is not the last key of a result");
      }
    });
  });
}

function sessionLaws(options: ExecutorContractOptions, law: Law): void {
  law("a shard that fails is a result, and the others go on", async () => {
    const scene = await options.scene();
    await inSession(options, scene, scene.context, async (session) => {
      const expected = await scene.reference(scene.failing);
      const failed = await session.process(scene.failing);
      if (failed.error === null) broken("the failing shard is done");
      if (failed.error.code !== expected.error?.code)
        broken(`it fails with ${failed.error.code}, not ${expected.error?.code}`);
      if (failed.error.transient === true) broken("a failure that stays is called transient");
      assertDone(await session.process(scene.jobs[0]!));
    });
  });
  law("the death of a worker is a transient failure of its shard, and the others go on", async () => {
    const scene = await options.scene();
    const { deadly } = scene;
    if (deadly === undefined) return;
    await inSession(options, scene, scene.context, async (session) => {
      const died = await session.process(deadly);
      if (died.error?.code !== "WORKER_CRASHED") broken(`the result says ${died.error?.code ?? "done"}`);
      if (died.error.transient !== true) broken("it is not called transient, so it is not tried again");
      assertDone(await session.process(scene.jobs[0]!));
    });
  });
  law("as many jobs are under way at once as it says", async () => {
    const scene = await options.scene();
    await inSession(options, scene, scene.context, async (session) => {
      const { concurrency } = session;
      if (!Number.isInteger(concurrency) || concurrency < 1) broken(`it says ${concurrency}`);
      const jobs = scene.meeting(concurrency);
      const results = await soon(
        Promise.all(jobs.map((job) => session.process(job))),
        options,
        `${concurrency} jobs at once are not all processed`,
      );
      if (results.some(({ error }) => error !== null))
        broken(`${concurrency} jobs were not at once under way`);
    });
  });
  law("closing ends it, once or twice, and what was under way settles", async () => {
    const scene = await options.scene();
    const session = await opened(options, scene, scene.context);
    assertDone(await session.process(scene.jobs[0]!));
    const underWay = session.process(scene.jobs[1]!).then(
      () => undefined,
      () => undefined,
    );
    await soon(Promise.all([session.close(), session.close()]), options, "it does not close");
    await soon(session.close(), options, "it does not close again");
    await soon(underWay, options, "a job that was under way does not settle");
  });
}

/** Opens, works and closes. */
async function inSession(
  options: ExecutorContractOptions,
  scene: ExecutorScene,
  context: RunContext,
  work: (session: ExecutorSession) => Promise<void>,
): Promise<void> {
  const session = await opened(options, scene, context);
  try {
    await work(session);
  } finally {
    await session.close();
  }
}

async function opened(
  { create, params, workers = 2 }: ExecutorContractOptions,
  { registry }: ExecutorScene,
  context: RunContext,
): Promise<ExecutorSession> {
  const executor = create();
  return executor.open(context, { workers, params: await executorParams(executor, params ?? {}), registry });
}

async function referenceContents(
  options: ExecutorContractOptions,
): Promise<Readonly<Record<string, string>>> {
  const scene = await options.scene();
  for (const job of scene.jobs) assertDone(await scene.reference(job));
  return scene.contents();
}

function throughJson<T extends RunContext | ShardJob | ShardResult>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function assertDone({ error, shard_key: key }: ShardResult): void {
  if (error !== null) broken(`shard ${key} fails: ${error.code}, ${error.what}`);
}

function assertSame(
  found: Readonly<Record<string, string>>,
  expected: Readonly<Record<string, string>>,
): void {
  for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    if (found[key] !== expected[key])
      broken(`${key} holds ${found[key] ?? "nothing"}, not ${expected[key] ?? "nothing"}`);
  }
}

/** Equal as data: a member that is undefined, a -0, a NaN or an instance is not what JSON makes of it. */
function sameData(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return Object.is(a, b);
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => key in right && sameData(left[key], right[key]))
  );
}

async function soon<T>(
  work: Promise<T>,
  { patienceMs = PATIENCE_MS }: ExecutorContractOptions,
  what: string,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} within ${patienceMs} ms`)), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
