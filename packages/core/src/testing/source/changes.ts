/** Laws of content that changes while it is open. */
import { broken, type Law } from "../framework.js";
import { failureOf, show } from "../values.js";
import type { SourceContractOptions } from "./contract.js";
import { assertBytes, assertCode, patterned } from "./opened.js";

const SIZE = 9000;

export function changeLaws(options: SourceContractOptions, law: Law): void {
  const { factory, change } = options;

  law("its etag is the same whenever the same bytes are opened", async () => {
    const uri = await options.make(patterned(SIZE));
    const [one, other] = [await factory.open(uri), await factory.open(uri)];
    await Promise.all([one.close(), other.close()]);
    if (one.etag !== other.etag) broken(`etag is ${show(one.etag)}, then ${show(other.etag)}`);
    if (one.etag === "") broken("etag is empty: it is null when nothing tells");
  });

  if (change === undefined) return;
  law(
    "changed content is GRANULE_CHANGED, or what it was when it was opened; never something else",
    async () => {
      for (const length of [SIZE, SIZE - 4000, SIZE + 4000, 0]) {
        const before = patterned(SIZE);
        const uri = await options.make(before);
        const source = await factory.open(uri);
        await assertBytes(source, before, [{ start: 0, stop: 100 }]);
        await change(uri, patterned(length, 77));
        for (const range of [
          { start: 0, stop: 100 },
          { start: SIZE - 100, stop: SIZE },
        ]) {
          const failure = await failureOf(() => assertUnchanged(source.read([range]), before, range.start));
          if (failure !== undefined)
            assertCode(failure, ["GRANULE_CHANGED"], `reading what has ${length} other bytes now`);
        }
        await source.close();
        const again = await factory.open(uri);
        await assertBytes(again, patterned(length, 77), [{ start: 0, stop: length }]);
        const isTold = source.etag === null || again.etag !== source.etag;
        await again.close();
        if (!isTold) broken(`etag is ${show(source.etag)} before and after a change`);
      }
    },
  );
}

async function assertUnchanged(
  reading: Promise<readonly Uint8Array[]>,
  bytes: Uint8Array,
  start: number,
): Promise<void> {
  const [answer = new Uint8Array()] = await reading;
  const wrong = answer.findIndex((byte, at) => byte !== bytes[start + at]);
  if (wrong >= 0 || answer.length === 0) broken(`byte ${start + Math.max(wrong, 0)} is another than it was`);
}
