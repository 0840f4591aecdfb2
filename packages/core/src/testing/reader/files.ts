/** Laws of what a reader says of itself, and of opening and closing granules. */
import { API_VERSION } from "../../api-version.js";
import type { ReadRange } from "../../reader.js";
import { broken, type Law } from "../framework.js";
import { ROWS, assertReads, datasetOf, type Granules } from "./granules.js";
import { failureOf, show } from "../values.js";

/** Parts of a file that are left of it. */
const CUTS = [0.1, 0.5, 0.9];
const SECRET = "hidden-secret";
const WHOLE = { start: 0, stop: ROWS };

export function fileLaws(granules: Granules, law: Law): void {
  const { options } = granules;
  const { reader, files } = options;

  law("its descriptor is whole", () => {
    if (reader.kind !== "reader") broken(`kind is ${show(reader.kind)}`);
    if (reader.apiVersion !== API_VERSION)
      broken(`apiVersion is ${show(reader.apiVersion)}, and the contract is at ${API_VERSION}`);
    const names = [reader.name, ...reader.aliases];
    if (!names.every((name) => /^\S+$/.test(name)))
      broken(`the names ${show(names)} are empty or have blanks`);
    if (new Set(names).size < names.length) broken(`the names ${show(names)} repeat`);
    if (reader.description.trim() === "") broken("the description is empty");
    const { schemes } = reader;
    if (schemes.length === 0 || !schemes.every((scheme) => /^[a-z][a-z0-9+.-]*$/.test(scheme))) {
      broken(`schemes are ${show(schemes)}: they are in lower case, without "://"`);
    }
  });

  law("a granule that is not there is GRANULE_MISSING", async () => {
    await granules.assertRefused(await files.missing(), ["GRANULE_MISSING"], "what is not there");
  });

  law("an empty file, and one of another format, is GRANULE_FORMAT", async () => {
    const foreign = new TextEncoder().encode("not of this format at all\n".repeat(60));
    await granules.assertRefused(await files.write(new Uint8Array()), ["GRANULE_FORMAT"], "an empty file");
    await granules.assertRefused(await files.write(foreign), ["GRANULE_FORMAT"], "text");
    const zeros = await files.write(new Uint8Array(2048));
    await granules.assertRefused(zeros, ["GRANULE_FORMAT"], "a file of zeros");
  });

  law("a truncated file is GRANULE_FORMAT, wherever it is cut", async () => {
    const whole = await files.bytes(
      await options.make([datasetOf("float64"), datasetOf("float64", { path: "/other" })]),
    );
    for (const length of [1, ...CUTS.map((part) => Math.floor(part * whole.length)), whole.length - 1]) {
      const cut = await files.write(whole.subarray(0, length));
      await granules.assertRefused(
        cut,
        ["GRANULE_FORMAT"],
        `a file of ${length} of its ${whole.length} bytes`,
      );
    }
  });

  law("a scheme that it does not open is refused, without the secrets in the URL", async () => {
    const href = `nowhere://user:${SECRET}@host/granule?token=${SECRET}`;
    const codes = ["GRANULE_UNREADABLE", "GRANULE_MISSING"];
    const failure = await granules.assertRefused(href, codes, "a scheme of its own");
    const said = `${JSON.stringify(failure)} ${String(failure)}`;
    if (said.includes(SECRET)) broken(`the error tells the secret: ${String(failure)}`);
  });

  law("closing twice is no error, and what is closed reads no more", async () => {
    const dataset = datasetOf("float64");
    const granule = await reader.open(await options.make([dataset]));
    await granule.close();
    await granule.close();
    if ((await failureOf(() => granule.read(dataset.path, WHOLE))) === undefined)
      broken("it reads after close");
    if ((await failureOf(() => granule.describe(dataset.path))) === undefined)
      broken("it describes after close");
  });

  law("several granules are open at once, and closing one leaves the others", async () => {
    const path = "/group/values";
    const datasets = [1, 2, 3].map((k) => {
      return datasetOf("float64", { path, values: new Float64Array(ROWS).map((_, row) => 1000 * k + row) });
    });
    const hrefs = await Promise.all(datasets.map((dataset) => options.make([dataset])));
    const opened = await Promise.all(hrefs.map((href) => reader.open(href)));
    const again = await reader.open(hrefs[0]!);
    const readAll = (range: ReadRange, from: number) =>
      Promise.all(datasets.slice(from).map((dataset, i) => assertReads(opened[from + i]!, dataset, range)));
    await readAll(WHOLE, 0);
    await opened[0]?.close();
    await readAll({ start: 3, stop: 9 }, 1);
    await assertReads(again, datasets[0]!, { start: 3, stop: 9 });
    await Promise.all([...opened, again].map((granule) => granule.close()));
  });
}
