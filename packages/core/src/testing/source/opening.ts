/** Laws of what a source says of itself, of opening and of closing. */
import { API_VERSION } from "../../api-version.js";
import { broken, type Law } from "../framework.js";
import { failureOf, show } from "../values.js";
import type { SourceContractOptions } from "./contract.js";
import { assertBytes, assertCode, patterned, within } from "./opened.js";

const SECRET = "hidden-secret";
const REASON = new Error("stopped by the kit");
const FIRST = { start: 0, stop: 1 };

export function openingLaws(options: SourceContractOptions, law: Law): void {
  const { factory } = options;
  const bytes = patterned(1000);

  law("its descriptor is whole", () => {
    if (factory.kind !== "source") broken(`kind is ${show(factory.kind)}`);
    if (factory.apiVersion !== API_VERSION)
      broken(`apiVersion is ${show(factory.apiVersion)}, and the contract is at ${API_VERSION}`);
    if (!/^\S+$/.test(factory.name)) broken(`the name ${show(factory.name)} is empty or has blanks`);
    if (factory.description.trim() === "") broken("the description is empty");
    const { schemes } = factory;
    if (schemes.length === 0 || !schemes.every((scheme) => /^[a-z][a-z0-9+.-]*$/.test(scheme)))
      broken(`schemes are ${show(schemes)}: they are in lower case, without "://"`);
  });

  law("it says how many bytes there are", async () => {
    for (const length of [0, 1, 1000]) {
      await within(options, patterned(length), async ({ size }) => {
        if (size !== length) broken(`size is ${size} of ${length} bytes`);
      });
    }
  });

  law("what is not there is GRANULE_MISSING", async () => {
    const uri = await options.missing();
    assertCode(await failureOf(() => factory.open(uri)), ["GRANULE_MISSING"], "what is not there");
  });

  law("a scheme that it does not open is refused, without the secrets in the URI", async () => {
    const uri = `nowhere://user:${SECRET}@host/granule?token=${SECRET}`;
    const failure = await failureOf(() => factory.open(uri));
    assertCode(failure, ["GRANULE_UNREADABLE", "GRANULE_MISSING"], "a scheme of its own");
    const said = `${JSON.stringify(failure)} ${String(failure)} ${String((failure as Error).cause)}`;
    if (said.includes(SECRET)) broken(`the error tells the secret: ${String(failure)}`);
  });

  law("closing twice is no error, and what is closed reads no more", async () => {
    const source = await factory.open(await options.make(bytes));
    await source.close();
    await source.close();
    if ((await failureOf(() => source.read([FIRST]))) === undefined) broken("it reads after close");
  });

  law("one place is open twice, and closing one leaves the other", async () => {
    await within(options, bytes, async (source, uri) => {
      const other = await factory.open(uri);
      await other.close();
      await assertBytes(source, bytes, [{ start: 5, stop: 900 }]);
    });
  });

  law("an aborted signal ends opening and reading with its reason", async () => {
    const aborted = AbortSignal.abort(REASON);
    await within(options, bytes, async (source, uri) => {
      const asked = {
        reading: () => source.read([FIRST], aborted),
        opening: async () => (await factory.open(uri, aborted)).close(),
      };
      for (const [what, ask] of Object.entries(asked)) {
        const failure = await failureOf(ask);
        if (failure !== REASON)
          broken(`${what} ends with ${String(failure ?? "an answer")}, not with the signal's reason`);
      }
      const controller = new AbortController();
      const reading = failureOf(() => source.read([{ start: 0, stop: 1000 }], controller.signal));
      controller.abort(REASON);
      const failure = await reading;
      if (failure !== undefined && failure !== REASON)
        broken(`a read that is stopped ends with ${String(failure)}, not with the signal's reason`);
      await assertBytes(source, bytes, [FIRST]);
    });
  });
}
