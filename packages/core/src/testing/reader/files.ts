/** Laws of what a reader says of itself, and of opening and closing granules. */
import { API_VERSION } from "../../api-version.js";
import type { ReadRange } from "../../reader.js";
import { broken, type Law } from "../framework.js";
import { ROWS, assertReads, datasetOf, describeOne, readOne, type Granules } from "./granules.js";
import { failureOf, show } from "../values.js";

/** Parts of a file that are left of it. */
const CUTS = [0.1, 0.5, 0.9];
const WHOLE = { start: 0, stop: ROWS };

export function fileLaws(granules: Granules, law: Law): void {
  const { options } = granules;
  const { reader } = options;

  law("its descriptor is whole", () => {
    if (reader.kind !== "reader") broken(`kind is ${show(reader.kind)}`);
    if (reader.apiVersion !== API_VERSION)
      broken(`apiVersion is ${show(reader.apiVersion)}, and the contract is at ${API_VERSION}`);
    const names = [reader.name, ...reader.aliases];
    if (!names.every((name) => /^\S+$/.test(name)))
      broken(`the names ${show(names)} are empty or have blanks`);
    if (new Set(names).size < names.length) broken(`the names ${show(names)} repeat`);
    if (reader.description.trim() === "") broken("the description is empty");
  });

  law("an empty file, and one of another format, is GRANULE_FORMAT", async () => {
    const foreign = new TextEncoder().encode("not of this format at all\n".repeat(60));
    await granules.assertRefused(new Uint8Array(), ["GRANULE_FORMAT"], "an empty file");
    await granules.assertRefused(foreign, ["GRANULE_FORMAT"], "text");
    await granules.assertRefused(new Uint8Array(2048), ["GRANULE_FORMAT"], "a file of zeros");
  });

  law("a truncated file is GRANULE_FORMAT, wherever it is cut", async () => {
    const whole = await options.make([datasetOf("float64"), datasetOf("float64", { path: "/other" })]);
    for (const length of [1, ...CUTS.map((part) => Math.floor(part * whole.length)), whole.length - 1]) {
      await granules.assertRefused(
        whole.slice(0, length),
        ["GRANULE_FORMAT"],
        `a file of ${length} of its ${whole.length} bytes`,
      );
    }
  });

  law("closing twice is no error, and what is closed reads no more", async () => {
    const dataset = datasetOf("float64");
    const source = await granules.sourceOf(await options.make([dataset]));
    const granule = await reader.open(source);
    await granule.close();
    await granule.close();
    const read = await failureOf(() => readOne(granule, dataset.path, WHOLE));
    if (read === undefined) broken("it reads after close");
    const described = await failureOf(() => describeOne(granule, dataset.path));
    if (described === undefined) broken("it describes after close");
    await source.close();
  });

  law("closing a granule leaves its source open", async () => {
    const bytes = await options.make([datasetOf("float64")]);
    const source = await granules.sourceOf(bytes);
    await (await reader.open(source)).close();
    await granules.assertRefused(new Uint8Array(), ["GRANULE_FORMAT"], "an empty file");
    const [first] = await source.read([{ start: 0, stop: 1 }]);
    if (first?.[0] !== bytes[0]) broken(`the first byte is ${show(first?.[0])}, not ${show(bytes[0])}`);
    await source.close();
  });

  law("several granules are open at once, and closing one leaves the others", async () => {
    const path = "/group/values";
    const datasets = [1, 2, 3].map((k) => {
      return datasetOf("float64", { path, values: new Float64Array(ROWS).map((_, row) => 1000 * k + row) });
    });
    const made = await Promise.all(datasets.map((dataset) => options.make([dataset])));
    const sources = await Promise.all([...made, made[0]!].map((bytes) => granules.sourceOf(bytes)));
    const [again, ...opened] = (await Promise.all(sources.map((source) => reader.open(source)))).reverse();
    opened.reverse();
    const readAll = (range: ReadRange, from: number) =>
      Promise.all(datasets.slice(from).map((dataset, i) => assertReads(opened[from + i]!, dataset, range)));
    await readAll(WHOLE, 0);
    await opened[0]?.close();
    await readAll({ start: 3, stop: 9 }, 1);
    await assertReads(again!, datasets[0]!, { start: 3, stop: 9 });
    await Promise.all([...opened, again!].map((granule) => granule.close()));
    await Promise.all(sources.map((source) => source.close()));
  });
}
