/** Laws of commits whose process dies: at every request, before it takes effect and after. */
import type { ObjectStore, StoreTransaction } from "../../store.js";
import { broken, type Law } from "../framework.js";
import type { StoreContractOptions } from "./contract.js";
import { assertWhole, beginNew, newRoot, standOld, type Standing } from "./standing-store.js";

/** Requests within which a commit of some ten objects has to come to its end. */
const MOST_REQUESTS = 1000;

interface Death {
  readonly uri: string;
  readonly target: ObjectStore;
  readonly when: string;
}

export function deathLaws(options: StoreContractOptions, law: Law): void {
  const { factory, dying } = options;
  if (dying === undefined) return;
  const begin = (uri: string, id: string): Promise<StoreTransaction> =>
    factory.begin(uri, id, options.options);

  /** Lets a commit die at each of its requests, each time at a new place. */
  const atEachRequest = async (look: (death: Death) => Promise<void>): Promise<void> => {
    for (const answerLost of [false, true]) {
      for (let requests = 0; ; requests++) {
        if (requests > MOST_REQUESTS) broken(`a commit has not ended after ${MOST_REQUESTS} requests`);
        const { uri, target } = await standOld(options);
        await beginNew(factory, uri, options);
        const isAlive = await dying(requests, answerLost)
          .begin(uri, "1", options.options)
          .then((work) => work.commit(newRoot))
          .then(
            () => true,
            () => false,
          );
        const when = `after ${requests} requests${answerLost ? " and one without an answer" : ""}`;
        await assertWhole(target, when);
        await look({ uri, target, when });
        if (isAlive) break;
      }
    }
  };
  /** Whatever happened before, the same id must come to the new store. */
  const endSame = async ({ uri, target, when }: Death): Promise<void> => {
    const work = await begin(uri, "1");
    if (!work.committing) await assertOpens(target, `${when}, begun again`);
    await (work.resumed ? work.commit(newRoot) : work.abort());
    if ((await assertOpens(target, `${when}, begun again`)) !== "new")
      broken(
        `${when}, begun again${work.resumed ? " and committed" : ""}, the old store stands and the work is lost`,
      );
  };

  law("a commit that died anywhere is ended by the same id", () =>
    atEachRequest(async (death) => {
      await endSame(death);
      if ((await begin(death.uri, "1")).resumed) broken(`${death.when}, and ended, there is work left`);
    }),
  );

  law("a commit that died anywhere leaves a whole store to those who begin with another id", () =>
    atEachRequest(async (death) => {
      await begin(death.uri, "2");
      await assertOpens(death.target, `${death.when}, with another id begun`);
      await endSame(death);
    }),
  );

  law("an abort after a commit that died anywhere leaves a whole store", () =>
    atEachRequest(async ({ uri, target, when }) => {
      await (await begin(uri, "1")).abort();
      await assertOpens(target, `${when}, begun again and aborted`);
      if ((await begin(uri, "1")).resumed) broken(`${when}, and aborted, there is work left`);
      await assertOpens(target, `${when}, begun a third time`);
    }),
  );

  async function assertOpens(target: ObjectStore, when: string): Promise<Standing> {
    const standing = await assertWhole(target, when);
    if (standing === "none") broken(`${when}, no store opens`);
    return standing;
  }
}
