/** Laws of asking for many datasets at once. */
import type { ReadRequest } from "../../reader.js";
import { broken, type Law } from "../framework.js";
import {
  COLUMNS,
  ROWS,
  assertCode,
  assertColumn,
  datasetOf,
  describeOne,
  readOne,
  type Granules,
} from "./granules.js";
import { failureOf, show } from "../values.js";

const REASON = new Error("stopped by the kit");

export function manyLaws(granules: Granules, law: Law): void {
  const { format } = granules;
  const datasets = [
    ...format.dtypes.map((dtype) => datasetOf(dtype)),
    datasetOf("float64", { path: "/group/other" }),
    datasetOf("float64", { path: "/group/short", shape: [5], chunkRows: null }),
  ];
  const paths = datasets.map(({ path }) => path);

  law("it describes many datasets as it describes them one by one, in the order asked", async () => {
    await granules.within(datasets, async (granule) => {
      const asked = ["/group/short", "/absent", ...paths, ...paths.toReversed(), "/absent"];
      const found = await granule.describeMany(asked);
      if (found.length !== asked.length) broken(`${asked.length} paths have ${found.length} descriptions`);
      for (const [i, path] of asked.entries()) {
        const alone = await describeOne(granule, path);
        if (show(found[i]) !== show(alone))
          broken(`${path}, number ${i}, is described as ${show(found[i])}, and alone as ${show(alone)}`);
      }
      const none = await granule.describeMany([]);
      if (none.length > 0) broken(`no path has the descriptions ${show(none)}`);
    });
  });

  law("it reads many ranges as it reads them one by one, in the order asked", async () => {
    await granules.within(datasets, async (granule) => {
      const whole = { start: 0, stop: ROWS };
      const [first] = datasets;
      const requests: (readonly [(typeof datasets)[number], { start: number; stop: number }])[] = [
        [datasets.at(-1)!, { start: 1, stop: 5 }],
        ...datasets.slice(0, -1).map((dataset) => [dataset, whole] as const),
        ...datasets.toReversed().map((dataset) => [dataset, { start: 2, stop: 4 }] as const),
        [first!, { start: 9, stop: 9 }],
        [first!, whole],
        [first!, whole],
      ];
      const found = await granule.readMany(requests.map(([{ path }, range]) => ({ path, ...range })));
      if (found.length !== requests.length) broken(`${requests.length} ranges have ${found.length} columns`);
      for (const [i, [dataset, range]] of requests.entries()) assertColumn(found[i]!, dataset, range);
      const none = await granule.readMany([]);
      if (none.length > 0) broken(`no range has ${none.length} columns`);
    });
  });

  law("equal ranges asked together are columns of their own", async () => {
    const dataset = datasetOf("float64");
    const request = { path: dataset.path, start: 3, stop: 9 };
    await granules.within([dataset], async (granule) => {
      const [one, other] = await granule.readMany([request, request]);
      one!.fill(5);
      assertColumn(other!, dataset, request);
    });
  });

  if (format.columns) {
    law("columns of one dataset asked together are what they are one by one", async () => {
      const tables = format.dtypes.map((dtype) =>
        datasetOf(dtype, { path: `/group/${dtype}`, shape: [ROWS, COLUMNS] }),
      );
      const orders = [
        [2, 0],
        [0, 1, 2],
        [1, 2, 1],
      ];
      await granules.within(tables, async (granule) => {
        for (const columns of orders) {
          const asked = tables.flatMap((dataset) =>
            columns.map((column, i) => ({ dataset, range: { start: i % 2, stop: ROWS, column } })),
          );
          const same = asked.map(({ dataset, range }) => ({
            dataset,
            range: { ...range, start: 3, stop: 11 },
          }));
          for (const requests of [asked, same]) {
            const found = await granule.readMany(
              requests.map(({ dataset: { path }, range }) => ({ path, ...range })),
            );
            for (const [i, { dataset, range }] of requests.entries()) {
              assertColumn(found[i]!, dataset, range);
              found[i]!.fill(5);
            }
          }
        }
      });
    });
  }

  law("one range that cannot be read refuses all that is asked with it", async () => {
    const dataset = datasetOf("float64");
    const good = { path: dataset.path, start: 0, stop: ROWS };
    const bad: readonly (readonly [ReadRequest, string])[] = [
      [{ path: "/absent", start: 0, stop: 0 }, "DATASET_MISSING"],
      [{ path: dataset.path, start: 0, stop: ROWS + 1 }, "DATASET_SHAPE"],
    ];
    await granules.within([dataset], async (granule) => {
      for (const [request, code] of bad) {
        for (const asked of [
          [good, request],
          [request, good],
          [good, request, good],
        ]) {
          const failure = await failureOf(() => granule.readMany(asked));
          if (failure === undefined) broken(`${show(asked)} is read`);
          assertCode(failure, [code], `reading ${show(asked)}`);
        }
      }
    });
  });

  law("an aborted signal ends what is asked with its reason", async () => {
    const dataset = datasetOf("float64");
    const aborted = AbortSignal.abort(REASON);
    await granules.within([dataset], async (granule) => {
      const asked = {
        describing: () => granule.describeMany([dataset.path], aborted),
        reading: () => granule.readMany([{ path: dataset.path, start: 0, stop: ROWS }], aborted),
      };
      for (const [what, ask] of Object.entries(asked)) {
        const failure = await failureOf(ask);
        if (failure !== REASON)
          broken(`${what} ends with ${String(failure ?? "an answer")}, not with the signal's reason`);
      }
      assertColumn(await readOne(granule, dataset.path, { start: 0, stop: ROWS }), dataset, {
        start: 0,
        stop: ROWS,
      });
    });
    const source = await granules.sourceOf(await granules.options.make([dataset]));
    const failure = await failureOf(() => granules.options.reader.open(source, aborted));
    await source.close();
    if (failure !== REASON)
      broken(`opening ends with ${String(failure ?? "a granule")}, not with the signal's reason`);
  });
}
