// Writes docs/keys.md from the configuration's schema and the table of the original's keys; with --check, only says whether it is current.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format, resolveConfig } from "prettier";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(root, "docs", "keys.md");

/** The page as it should be. */
export async function keysPage() {
  const dist = pathToFileURL(join(root, "packages", "core", "dist/")).href;
  const { configSchema } = await import(`${dist}index.js`);
  const { originalKeys, schemaKeys } = await import(`${dist}internal.js`);
  const honoured = schemaKeys(configSchema).map(({ path, schema }) => [
    code(path),
    shape(schema),
    schema.description ?? "",
  ]);
  const refused = originalKeys.filter((key) => key.refused === true);
  const noted = originalKeys.filter((key) => key.refused !== true);
  const page = `# Keys of a configuration

Every key is one of three: it is **honoured**; or it is one of the original's that asks for a result that is not made here yet, and is
**refused** (\`CONFIG_KEY_UNSUPPORTED\`); or it is one of the original's that changes neither what is stored nor where, and is **noted**
(\`CONFIG_KEY_IGNORED\`, one note for all). Any other key is unknown, and refused with the nearest known one
(\`CONFIG_KEY_UNKNOWN\`). Keys of your own begin with \`x-\`.

## Honoured

A \`*\` stands for a name of yours or an entry of a list. \`output.grid\` and \`params\` also take what the plugin that they name takes.

${table(["key", "value", "meaning"], honoured)}

## Bounds

\`bounds\` select shards and granules, and both are taken whole: a shard that touches \`spatial\` keeps its points outside of it, and a granule
with data in the time of \`temporal\` all of its points. The original reads \`bounds\` nowhere.

- \`zagg shardmap build\` makes a map for the bounds. \`--region\` and \`--bbox\` go before \`bounds.spatial\`, and say so
  (\`CLI_BOUNDS_OVERRIDDEN\`).
- \`zagg run\` takes of any map what is in the bounds, so that a map for everything and one for the bounds give the same store. It says what
  it leaves out (\`BOUNDS_SELECTED\`), and warns of a map that was made for another place or time (\`BOUNDS_BEYOND_MAP\`).
- Times are UTC unless they have an offset, and half-open: a last day is whole, a last instant is no longer in them. A granule that states no
  time is taken, and counted (\`BOUNDS_UNDATED\`).
- A box whose west is beyond its east crosses the antimeridian; edges of polygons are great circles.

## Refused

What asks for nothing (\`false\`, an empty list, \`schedule: none\`) is noted instead. A shard map depends on no key of \`aggregation\` and \`output\`
below: \`zagg shardmap build\` takes a configuration that has them.

${table(
  ["key", "without it"],
  refused.map(({ path, why }) => [code(path), why]),
)}

## Noted

${table(
  ["key", "because"],
  noted.map(({ path, why }) => [code(path), why]),
)}
`;
  return format(page, { ...(await resolveConfig(target)), parser: "markdown" });
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function code(path) {
  return `\`${path.join(".")}\``;
}

/** What a value may be, in a few words, and what it is when left out. */
function shape(schema) {
  const names = {
    object: "mapping",
    array: "list",
    string: "text",
    number: "number",
    integer: "whole number",
    boolean: "true or false",
    null: "empty",
  };
  const typed = ({ type, enum: values }) =>
    values?.map((value) => `\`${value}\``) ?? [type].flat().map((name) => names[name]);
  const kinds = [...new Set((schema.oneOf ?? [schema]).flatMap(typed))].filter((kind) => kind !== "empty");
  const { default: value } = schema;
  const text = typeof value === "object" ? JSON.stringify(value) : value;
  return `${kinds.join(", ")}${value === undefined ? "" : `; \`${text}\``}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = await keysPage();
  if (!process.argv.includes("--check")) writeFileSync(target, page);
  else if (readFileSync(target, "utf8") !== page) {
    console.error("docs/keys.md is not current: run npm run docs:keys");
    process.exit(1);
  }
}
