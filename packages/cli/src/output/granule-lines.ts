/** What a granule holds, for people: groups, and below each its datasets in aligned columns. */
import type { DatasetEncoding, GranuleEntry, Json, JsonObject, ListedDataset } from "@zagg/core";
import { thousands } from "./table.js";

const INDENT = "  ";
const NOTES_INDENT = "      ";
const GAP = "  ";

/** @param width columns that lines should keep to; a word that is longer goes beyond */
export function* granuleLines(entries: readonly GranuleEntry[], width: number): Generator<string> {
  const byGroup = new Map<string, GranuleEntry[]>();
  for (const entry of entries) {
    const isGroup = entry.dataset === null && entry.problem === undefined && entry.sameAs === undefined;
    // A group stands where it is listed, whatever is listed before its datasets.
    if (isGroup) byGroup.set(entry.path, []);
    if (isGroup) continue;
    const group = groupOf(entry.path);
    byGroup.set(group, [...(byGroup.get(group) ?? []), entry]);
  }
  for (const [group, members] of byGroup) {
    if (members.length === 0) continue;
    yield group;
    const rows = members.map(rowOf);
    const widths = [0, 1, 2].map((i) => Math.max(...rows.map((row) => row[i]!.length)));
    for (const [i, row] of rows.entries()) {
      const [stored = "", ...cells] = row.toReversed();
      const aligned = cells.toReversed().map((cell, column) => cell.padEnd(widths[column]!));
      const line = `${INDENT}${[...aligned, stored].join(GAP)}`.trimEnd();
      const fits = line.length <= width;
      yield fits ? line : `${INDENT}${aligned.join(GAP)}`.trimEnd();
      const notes = [...(fits ? [] : [stored]), ...notesOf(members[i]!, group)];
      yield* wrapped(notes.join("; "), width);
    }
    yield "";
  }
}

/** Name, type, shape, and how it is stored. */
function rowOf({ path, dataset }: GranuleEntry): readonly string[] {
  const name = path.slice(groupOf(path).length).replace(/^\//, "");
  if (dataset === null) return [name, "", "", ""];
  const { type, shape, chunkShape, filters } = dataset;
  const chunks = chunkShape === null ? [] : [`chunks ${extents(chunkShape)}`];
  return [name, type, extents(shape), [...chunks, ...filters].join(", ")];
}

function extents(shape: readonly number[]): string {
  return shape.length === 0 ? "one value" : shape.map(thousands).join(" × ");
}

/** What there is to say of an entry in words. */
function notesOf(
  { path, dataset, attributes, problem, sameAs }: GranuleEntry,
  group: string,
): readonly string[] {
  const [units, coordinates] = [textOf(attributes["units"]), textOf(attributes["coordinates"])];
  return [
    ...(sameAs === undefined ? [] : [`the same group as ${sameAs}`]),
    ...(problem === undefined ? [] : [`cannot be read: ${problem}`]),
    ...(units === undefined || units === "" || units === "1" ? [] : [units]),
    ...(dataset === null ? [] : numbersOf(dataset, attributes)),
    ...(dataset === null ? [] : dimensionsOf(path, dataset, group)),
    ...(coordinates === undefined ? [] : [`coordinates ${coordinates}`]),
  ];
}

/** A text, also in a list of one. */
function textOf(attribute: Json | undefined): string | undefined {
  const one =
    Array.isArray(attribute) && attribute.length === 1 ? (attribute as readonly Json[])[0] : attribute;
  return typeof one === "string" ? one : undefined;
}

/** How stored numbers stand for values. */
function numbersOf({ info }: ListedDataset, attributes: JsonObject): readonly string[] {
  if (info === null) return [];
  const { dtype, fillValue, encoding } = info;
  const shown = (value: number): string => shortest(value, dtype === "float32");
  // An integer beyond 2^53 is spelled as text.
  const exact = textOf(attributes["_FillValue"]);
  return [
    ...(fillValue === null ? [] : [`fill ${exact ?? shown(fillValue)}`]),
    ...(encoding === undefined ? [] : encodingOf(encoding, shown)),
  ];
}

function encodingOf(
  { missing, sign, packing, valid, problems }: DatasetEncoding,
  shown: (value: number) => string,
): readonly string[] {
  const limits =
    valid === null ? "" : [valid.min, valid.max].map((one) => (one === null ? "" : shown(one))).join(" … ");
  return [
    ...(missing.length === 0 ? [] : [`missing ${missing.join(", ")}`]),
    ...(sign === null ? [] : [sign]),
    ...(packing === null ? [] : [`${packing.dtype} = number × ${packing.scale} + ${packing.offset}`]),
    ...(valid === null ? [] : [`valid ${limits.trim()}`]),
    ...problems.map(({ attribute, what }) => `${attribute} ${what}`),
  ];
}

/** The datasets that hold the coordinates of its dimensions, as seen from its group. */
function dimensionsOf(path: string, { dimensions }: ListedDataset, group: string): readonly string[] {
  const tied = dimensions.filter((dimension) => dimension !== null && dimension !== path);
  if (tied.length === 0) return [];
  const named = dimensions.map((dimension) => {
    return dimension === null ? "-" : relativePath(group, dimension);
  });
  return [`along ${named.join(", ")}`];
}

/** The shortest decimal form that gives a number back, of float32 when it is one. */
function shortest(value: number, isSingle: boolean): string {
  if (!isSingle) return String(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(value);
}

/** Up as far as needed: `../delta_time`. */
function relativePath(from: string, to: string): string {
  const [here, there] = [from, to].map((path) => path.split("/").filter(Boolean)) as [string[], string[]];
  let common = 0;
  while (common < here.length && here[common] === there[common]) common++;
  return [...here.slice(common).map(() => ".."), ...there.slice(common)].join("/");
}

function groupOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf("/")));
}

/** Indented lines of a text, broken between words. */
function* wrapped(text: string, width: number): Generator<string> {
  let line = "";
  for (const word of text.split(" ").filter(Boolean)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && NOTES_INDENT.length + longer.length > width) {
      yield NOTES_INDENT + line;
      line = word;
    } else line = longer;
  }
  if (line !== "") yield NOTES_INDENT + line;
}
