import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { shardResult, type ExecutorSession, type ShardJob, type ShardResult } from "@zagg/core";
import { dispatch } from "../src/run/dispatch.js";

const job = (shardKey: string): ShardJob => ({ shardKey, block: [0], granules: [] });

it("drops what comes after the grace of an interrupt", async () => {
  const interrupt = new AbortController();
  let arrive = (): void => undefined;
  const late = new Promise<void>((resolve) => (arrive = resolve));
  const session: ExecutorSession = {
    concurrency: 2,
    async process(own) {
      if (own.shardKey === "late") await late;
      else interrupt.abort();
      return shardResult(own, {});
    },
    close: async () => undefined,
  };
  const told: string[] = [];
  const { results, interrupted } = await dispatch(session, [job("late"), job("first"), job("never")], {
    retry: { attempts: 1, backoffMs: 1 },
    signal: interrupt.signal,
    graceMs: 5,
    onResult: async ({ shard_key }: ShardResult) => void told.push(shard_key),
  });
  expect([told, interrupted]).toEqual([["first"], true]);
  arrive();
  await wait(5);
  expect(told).toEqual(["first"]);
  expect(results.map(({ shard_key }) => shard_key)).toEqual(["first"]);
});
