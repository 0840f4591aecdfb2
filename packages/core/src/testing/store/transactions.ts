/** Laws of a store's transactions. */
import { NOTES, type ObjectStore } from "../../store.js";
import { broken, type Law } from "../framework.js";
import type { StoreContractOptions } from "./contract.js";
import { assertHolds, assertKeys, bytesOf, keysOf } from "./content.js";

const root = [{ key: "root", bytes: bytesOf("new") }];
/** Texts that a run may be called by. */
const ids = ["run.1", "run/1", "../1", "run%2E1", "run 1", "1"];

export function transactionLaws(options: StoreContractOptions, law: Law): void {
  const { factory } = options;
  const open = (uri: string): ObjectStore => factory.open(uri, options.options);
  const begin = (uri: string, id: string) => factory.begin(uri, id, options.options);
  const standing = async (): Promise<{ uri: string; target: ObjectStore }> => {
    const uri = await options.uri();
    const target = open(uri);
    await target.put("old/object", bytesOf("old"));
    await target.put("both", bytesOf("old"));
    return { uri, target };
  };
  const assertOld = async (target: ObjectStore, when: string) => {
    await assertKeys(target, ["old/object", "both"], when);
    await assertHolds(target, "both", bytesOf("old"), when);
  };

  law("work is invisible until the commit", async () => {
    const { uri, target } = await standing();
    const work = await begin(uri, "1");
    await assertOld(target, "after begin");
    await work.store.put("both", bytesOf("new"));
    await work.store.put("new/object", bytesOf("new"));
    await work.store.delete("old/object");
    await assertOld(target, "before the commit");
    await assertOld(open(uri), "before the commit, opened again");
  });

  law("a commit puts the work in place of all that stood there", async () => {
    const { uri, target } = await standing();
    const work = await begin(uri, "1");
    await work.store.put("both", bytesOf("new"));
    await work.store.put("new/object", bytesOf("new"));
    await work.commit(root);
    for (const [store, when] of [
      [target, "after the commit"],
      [open(uri), "after the commit, opened again"],
    ] as const) {
      await assertKeys(store, ["both", "new/object", "root"], when);
      await assertHolds(store, "both", bytesOf("new"), when);
    }
  });

  law("a commit makes a store where there was none", async () => {
    const uri = await options.uri();
    const work = await begin(uri, "1");
    await work.store.put("a", bytesOf("x"));
    await assertKeys(open(uri), [], "before the commit");
    await work.commit(root);
    await assertHolds(open(uri), "a", bytesOf("x"), "after the commit");
  });

  law("a transaction begins without what stands at the target", async () => {
    const { uri } = await standing();
    const work = await begin(uri, "1");
    if (work.resumed || work.committing) broken("it says that it resumes, and nothing was begun");
    await assertNoObjects(work.store, "in new work");
  });

  law("others write to the work by its URI", async () => {
    const { uri, target } = await standing();
    const work = await begin(uri, "1");
    await open(work.workUri).put("by/worker", bytesOf("x"));
    await assertHolds(work.store, "by/worker", bytesOf("x"), "after a put through workUri");
    await work.commit(root);
    await assertKeys(target, ["by/worker", "root"], "after the commit");
    await assertKeys(open(work.workUri), [], "at workUri after the commit");
  });

  law("an abort drops the work and leaves the target", async () => {
    const { uri, target } = await standing();
    const work = await begin(uri, "1");
    await work.store.put("both", bytesOf("new"));
    await work.abort();
    await assertOld(target, "after the abort");
    const again = await begin(uri, "1");
    if (again.resumed) broken("work that was aborted is found again");
    await assertNoObjects(again.store, "in work begun after the abort");
  });

  law("the same id finds the work of an interrupted transaction", async () => {
    const { uri, target } = await standing();
    await (await begin(uri, "1")).store.put("half", bytesOf("x"));
    const again = await begin(uri, "1");
    if (!again.resumed) broken("resumed is false, and there is work of that id");
    await assertHolds(again.store, "half", bytesOf("x"), "resumed");
    await assertOld(target, "after resuming");
    await again.store.put("other half", bytesOf("y"));
    await again.commit(root);
    await assertKeys(target, ["half", "other half", "root"], "after the commit");
    if ((await begin(uri, "1")).resumed) broken("work that was committed is found again");
  });

  law("work of different ids is apart, whatever text they are", async () => {
    const { uri, target } = await standing();
    for (const id of ids) {
      const work = await begin(uri, id);
      if (work.resumed) broken(`the id "${id}" finds the work of another`);
      await work.store.put("id", bytesOf(id));
    }
    for (const id of ids) {
      const work = await begin(uri, id);
      if (!work.resumed) broken(`the id "${id}" does not find its work`);
      await assertHolds(work.store, "id", bytesOf(id), `in the work of "${id}"`);
    }
    await assertOld(target, "after that");
  });

  law("work on one target is no work on another", async () => {
    const { uri } = await standing();
    await (await begin(uri, "1")).store.put("a", bytesOf("x"));
    if ((await begin(await options.uri(), "1")).resumed) broken("another target resumes it");
  });

  law("of two commits the later one stands whole", async () => {
    const { uri, target } = await standing();
    const [first, second] = [await begin(uri, "1"), await begin(uri, "2")];
    await first.store.put("a", bytesOf("first"));
    await second.store.put("b", bytesOf("second"));
    await first.commit(root);
    await assertKeys(target, ["a", "root"], "after the first commit");
    await second.commit(root);
    await assertKeys(target, ["b", "root"], "after the second commit");
  });
}

/** @throws when there is more in new work than a store's own notes */
async function assertNoObjects(store: ObjectStore, when: string): Promise<void> {
  const found = (await keysOf(store)).filter((key) => !key.startsWith(NOTES));
  if (found.length > 0) broken(`${when}, there are ${found.join(", ")}`);
}
