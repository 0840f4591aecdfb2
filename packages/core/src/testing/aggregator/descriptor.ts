/** Laws of what an aggregator says of itself, and of binding it. */
import { API_VERSION } from "../../api-version.js";
import type { FieldKind } from "../../fields.js";
import type { JsonObject } from "../../json.js";
import type { Subject } from "./subject.js";
import { broken, type Law } from "../framework.js";
import { failureOf, show } from "../values.js";

const fieldKinds: readonly FieldKind[] = ["scalar", "vector", "ragged"];
const laws: readonly string[] = ["exact", "approximate", "none"];

export function descriptorLaws(subject: Subject, law: Law): void {
  const { options, columns, source } = subject;
  const { aggregator } = options;

  law("its descriptor is whole", () => {
    if (aggregator.kind !== "aggregator") broken(`kind is ${show(aggregator.kind)}`);
    if (aggregator.apiVersion !== API_VERSION)
      broken(`apiVersion is ${show(aggregator.apiVersion)}, and the contract is at ${API_VERSION}`);
    const names = [aggregator.name, ...aggregator.aliases];
    for (const name of names) {
      if (!/^\S+$/.test(name)) broken(`the name ${show(name)} is empty or has blanks`);
      if (/^(np|numpy)\./.test(name))
        broken(`the name "${name}" is out of reach: a leading "np." is dropped`);
    }
    if (new Set(names).size < names.length) broken(`the names ${show(names)} repeat`);
    if (aggregator.description.trim() === "") broken("the description is empty");
    const kind = subject.request().field.kind;
    if (!aggregator.kinds.includes(kind))
      broken(`kinds ${show(aggregator.kinds)} lack "${kind}", which is tested`);
    if (!aggregator.kinds.every((known) => fieldKinds.includes(known)))
      broken(`kinds are ${show(aggregator.kinds)}`);
    if (typeof aggregator.needsSource !== "boolean") broken(`needsSource is ${show(aggregator.needsSource)}`);
    const { mergeLaw } = aggregator;
    if (!laws.includes(mergeLaw.law)) broken(`mergeLaw is ${show(mergeLaw)}`);
    if (mergeLaw.law === "approximate" && !(mergeLaw.tolerance > 0 && mergeLaw.tolerance < 1)) {
      broken(`the tolerance of its merge law is ${mergeLaw.tolerance}, and is to be between 0 and 1`);
    }
  });

  law("its parameter schema compiles strictly", () => {
    subject.validator();
    if (aggregator.paramsSchema.type !== "object")
      broken(`its type is ${show(aggregator.paramsSchema.type)}`);
  });

  law("its parameters are JSON, and stay valid with their defaults", () => {
    const params = subject.params();
    const again: unknown = JSON.parse(JSON.stringify(params));
    if (show(again) !== show(params)) broken(`${show(params)} comes back from JSON as ${show(again)}`);
    const check = subject.validator();
    if (!check(structuredClone(params)))
      broken(`defaulted, ${show(params)} is refused: ${show(check.errors)}`);
  });

  law("its schema refuses wrong parameters", () => {
    const unknownKey: JsonObject = { ...options.params, no_such_parameter: 1 };
    for (const wrong of [unknownKey, ...(options.wrongParams ?? []), null, [], "text"]) {
      if (subject.validator()(structuredClone(wrong))) broken(`it takes ${show(wrong)}`);
    }
  });

  law("it binds to columns that there are, the same way every time", () => {
    const { inputs } = subject.bind();
    for (const input of inputs) {
      if (!columns.includes(input)) broken(`it declares "${input}", and the columns are ${show(columns)}`);
    }
    if (new Set(inputs).size < inputs.length) broken(`inputs ${show(inputs)} repeat`);
    const again = subject.bind().inputs;
    if (show(again) !== show(inputs)) broken(`inputs are ${show(inputs)}, then ${show(again)}`);
  });

  law("it needs a source exactly when it says so", async () => {
    const without = await failureOf(() => aggregator.bind(subject.request({ source: undefined })));
    if (!aggregator.needsSource) {
      if (without !== undefined) broken(`needsSource is false, and without one: ${String(without)}`);
      const given = await failureOf(() => aggregator.bind(subject.request({ source })));
      if (given !== undefined)
        broken(`it does not take a source, which any field may name: ${String(given)}`);
      return;
    }
    if (without === undefined) broken("needsSource is true, and it binds without one");
    const { inputs } = subject.bind();
    if (!inputs.includes(source)) broken(`inputs ${show(inputs)} lack the source "${source}"`);
  });
}
