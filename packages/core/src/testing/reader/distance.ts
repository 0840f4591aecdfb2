/** Laws of reading from afar: answers that take their time, and connections that break. */
import { isCodedError, ReaderError } from "../../errors.js";
import type { Column } from "../../dtype.js";
import { broken, type Law } from "../framework.js";
import { bytesInMemory, type MemorySourceBehaviour } from "../source/memory-source.js";
import { ROWS, assertColumn, datasetOf, type Granules } from "./granules.js";
import { failureOf } from "../values.js";

const WHOLE = { start: 0, stop: ROWS };
/** Reads of a source after which a reader of {@link ROWS} rows should be done. */
const MOST_READS = 500;
const BROKEN_OFF = "KIT_BROKEN_OFF";

export function distanceLaws({ options }: Granules, law: Law): void {
  const { reader } = options;
  const datasets = [datasetOf("float64"), datasetOf("float64", { path: "/group/other" })];
  const requests = datasets.map(({ path }) => ({ path, ...WHOLE }));

  const readFrom = async (
    bytes: Uint8Array,
    behaviour: MemorySourceBehaviour,
  ): Promise<readonly Column[]> => {
    const source = bytesInMemory(bytes, behaviour);
    const granule = await reader.open(source);
    try {
      await granule.describeMany(datasets.map(({ path }) => path));
      return await granule.readMany(requests);
    } finally {
      await granule.close();
      await source.close();
    }
  };
  const assertRight = (columns: readonly Column[]): void => {
    for (const [i, dataset] of datasets.entries()) assertColumn(columns[i]!, dataset, WHOLE);
  };

  law("a source that answers late is read as one that answers at once", async () => {
    const bytes = await options.make(datasets);
    const all = await Promise.all([1, 2, 3].map((delayMs) => readFrom(bytes, { delayMs })));
    all.forEach(assertRight);
  });

  law(
    "a source that breaks off is an error with the source's code, at whichever read, and no wrong number",
    async () => {
      const bytes = await options.make(datasets);
      for (let last = 0; last < MOST_READS; last++) {
        let isBroken = false;
        const behaviour: MemorySourceBehaviour = {
          beforeRead(count) {
            if (count < last) return;
            isBroken = true;
            throw new ReaderError(BROKEN_OFF, { what: "the source", why: "broke off", mend: "ask again" });
          },
        };
        let columns: readonly Column[] | undefined;
        const failure = await failureOf(async () => {
          columns = await readFrom(bytes, behaviour);
        });
        if (columns !== undefined) assertRight(columns);
        if (!isBroken) return;
        if (failure !== undefined && !isCodedError(failure, BROKEN_OFF))
          broken(`read ${last} breaks off, and the error is ${String(failure)}`);
      }
      broken(`it is not done after ${MOST_READS} reads`);
    },
  );
}
