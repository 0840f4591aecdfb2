/** Laws of commits: what a reader finds meanwhile, and what a repeat does. */
import { isCodedError } from "../../errors.js";
import { broken, type Law } from "../framework.js";
import { failureOf } from "../values.js";
import { assertHolds, assertKeys, bytesOf } from "./content.js";
import type { StoreContractOptions } from "./contract.js";
import { assertNoMixture, assertWhole, beginNew, newRoot, noteKeys, standOld } from "./standing-store.js";

export function commitLaws(options: StoreContractOptions, law: Law): void {
  const { factory } = options;
  const open = (uri: string) => factory.open(uri, options.options);
  const begin = (uri: string, id: string) => factory.begin(uri, id, options.options);

  law("while it commits, a reader finds the old store whole, the new one whole, or none", async () => {
    for (const isStanding of [true, false]) {
      const uri = isStanding ? (await standOld(options)).uri : await options.uri();
      const work = await beginNew(factory, uri, options);
      let done = false;
      const commit = work.commit(newRoot).finally(() => (done = true));
      const reader = open(uri);
      const looks = (async () => {
        for (; !done; await turn()) await assertNoMixture(reader);
      })();
      await Promise.all([commit, looks]);
      if ((await assertWhole(reader, "after the commit")) !== "new")
        broken("after the commit, no new store opens");
    }
  });

  law("notes are seen by whoever opens the work, and are never at the target", async () => {
    const { uri, target } = await standOld(options);
    const work = await beginNew(factory, uri, options);
    const worker = open(work.workUri);
    for (const key of noteKeys) await assertHolds(worker, key, bytesOf("new"), "in the work");
    await work.commit(newRoot);
    await assertWhole(target, "after the commit");
    for (const key of noteKeys) {
      await assertHolds(target, key, undefined, "at the target");
      await assertHolds(open(work.workUri), key, undefined, "in the work after the commit");
    }
  });

  law("a commit may be repeated, also by another that holds the id", async () => {
    const { uri, target } = await standOld(options);
    const work = await beginNew(factory, uri, options);
    const other = await begin(uri, "1");
    for (const each of [work, work, other]) {
      await each.commit(newRoot);
      if ((await assertWhole(target, "after a commit")) !== "new")
        broken("after a commit, no new store opens");
    }
    if ((await begin(uri, "1")).resumed) broken("work that was committed is found again");
  });

  law("a commit that is repeated leaves the store that another has put there since", async () => {
    const { uri, target } = await standOld(options);
    const first = await beginNew(factory, uri, options);
    await first.commit(newRoot);
    const second = await begin(uri, "2");
    await second.store.put("second", bytesOf("x"));
    await second.commit([{ key: "root.json", bytes: bytesOf("second") }]);
    const failure = await failureOf(() => first.commit(newRoot));
    if (failure === undefined) broken("it says that it is there, and is not");
    if (!isCodedError(failure)) broken(`it throws ${String(failure)}, which has no code`);
    await assertKeys(target, ["root.json", "second"], "after the repeat");
  });

  law("what is aborted commits no more, and the target stays", async () => {
    const { uri, target } = await standOld(options);
    const work = await beginNew(factory, uri, options);
    await work.abort();
    await work.abort();
    const failure = await failureOf(() => work.commit(newRoot));
    if (failure === undefined) broken("it commits after an abort");
    if (!isCodedError(failure)) broken(`it throws ${String(failure)}, which has no code`);
    if ((await assertWhole(target, "after that")) !== "old") broken("the old store is gone");
  });

  law("a root without an object is refused, and the target stays", async () => {
    const { uri, target } = await standOld(options);
    const work = await beginNew(factory, uri, options);
    const failure = await failureOf(() => work.commit([]));
    if (!(failure instanceof RangeError)) broken(`it gives ${String(failure)}, not a RangeError`);
    if ((await assertWhole(target, "after that")) !== "old") broken("the old store is gone");
  });
}

/** Lets whatever else is under way go on. */
async function turn(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
}
