/** Laws of listing what a granule holds. */
import type { GranuleEntry } from "../../reader.js";
import { broken, type Law } from "../framework.js";
import { COLUMNS, ROWS, datasetOf, type Granules } from "./granules.js";
import { failureOf, show } from "../values.js";

const REASON = new Error("stopped by the kit");

export function listLaws(granules: Granules, law: Law): void {
  const { format } = granules;
  const datasets = [
    ...format.dtypes.map((dtype) => datasetOf(dtype)),
    datasetOf("float64", { path: "/alone", chunkRows: null }),
    datasetOf("float64", { path: "/gt1l/land_ice_segments/far/below" }),
    ...(format.columns ? [datasetOf("float64", { path: "/group/table", shape: [ROWS, COLUMNS] })] : []),
  ];
  const groups = ["/", ...new Set(datasets.flatMap(({ path }) => parentsOf(path)))];

  /** A granule that does not list keeps the law. */
  const listed = (test: (entries: readonly GranuleEntry[], granule: Opened) => Promise<void> | void) =>
    granules.within(datasets, async (granule) => {
      if (granule.list !== undefined) await test(await granule.list(), granule);
    });

  law("it lists each dataset and each group once, a group before what is in it", async () => {
    await listed((entries) => {
      const paths = entries.map(({ path }) => path);
      const wanted = [...groups, ...datasets.map(({ path }) => path)];
      const lacking = wanted.filter((path) => !paths.includes(path));
      if (lacking.length > 0) broken(`${lacking.join(", ")} is not listed`);
      const other = paths.filter((path) => !wanted.includes(path));
      if (other.length > 0) broken(`${other.join(", ")} is listed, and is not there`);
      if (new Set(paths).size < paths.length) broken(`${show(paths)} names a path twice`);
      for (const [i, { path, dataset }] of entries.entries()) {
        if ((dataset === null) !== groups.includes(path))
          broken(`${path} is listed as a ${dataset === null ? "group" : "dataset"}`);
        const late = parentsOf(path).find((parent) => paths.indexOf(parent) > i);
        if (late !== undefined) broken(`${late} is listed after ${path}, which is in it`);
      }
    });
  });

  law("what it lists is what it describes, in JSON", async () => {
    await listed(async (entries, granule) => {
      const described = await granule.describeMany(entries.map(({ path }) => path));
      for (const [i, { path, dataset, attributes }] of entries.entries()) {
        if (show(dataset?.info ?? null) !== show(described[i]))
          broken(`${path} is listed as ${show(dataset?.info)}, and described as ${show(described[i])}`);
        if (dataset === null) continue;
        const { info, shape, chunkShape, dimensions } = dataset;
        if (show(shape) !== show(info?.shape)) broken(`${path} is listed with the shape ${show(shape)}`);
        if ((chunkShape?.[0] ?? null) !== info?.chunkRows)
          broken(
            `${path} is listed with chunks of ${show(chunkShape)}, and its chunkRows are ${info?.chunkRows}`,
          );
        if (dimensions.length !== shape.length)
          broken(`${path} has ${shape.length} dimensions, and ${show(dimensions)} for them`);
        const json = { ...dataset, info: null, attributes };
        if (JSON.stringify(JSON.parse(JSON.stringify(json))) !== show(json))
          broken(`${path} is listed as ${show(json)}, which JSON does not give back`);
      }
    });
  });

  law("an aborted signal ends a listing with its reason, and what is closed lists nothing", async () => {
    await listed(async (_entries, granule) => {
      const aborted = await failureOf(() => granule.list!(AbortSignal.abort(REASON)));
      if (aborted !== REASON)
        broken(`it ends with ${String(aborted ?? "a list")}, not with the signal's reason`);
      await granule.close();
      if ((await failureOf(() => granule.list!())) === undefined) broken("it lists after close");
    });
  });
}

type Opened = Parameters<Parameters<Granules["within"]>[1]>[0];

/** The groups on the way to a path, without the root. */
function parentsOf(path: string): readonly string[] {
  const names = path.split("/").slice(1, -1);
  return names.map((_name, depth) => `/${names.slice(0, depth + 1).join("/")}`);
}
