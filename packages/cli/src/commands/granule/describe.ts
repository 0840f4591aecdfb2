/** `zagg granule describe`: what a granule holds, and how its numbers are stored. */
import {
  ConfigError,
  didYouMean,
  spellFillValue,
  type GranuleEntry,
  type GranuleReader,
  type Json,
  type ListedDataset,
} from "@zagg/core";
import { withPlugins, type PluginFlags } from "../../inputs/config.js";
import { granuleLines } from "../../output/granule-lines.js";
import { bytes, counted } from "../../output/table.js";
import { print, printJson } from "../../output/terminal.js";
import type { Session } from "../../session.js";

export interface DescribeOptions extends Pick<PluginFlags, "plugin"> {
  readonly under?: string;
  readonly reader: string;
  readonly json?: boolean;
}

/** Prints the groups and datasets of a granule. */
export async function granuleDescribe(
  uri: string,
  options: DescribeOptions,
  session: Session,
): Promise<void> {
  const { terminal, signal } = session;
  const { registry } = await withPlugins(session, options);
  const reader = registry.reader(options.reader);
  const source = await registry.source(uri).open(uri, signal);
  try {
    const all = await entriesOf(uri, reader, await reader.open(source, signal), signal);
    const entries = options.under === undefined ? all : entriesUnder(all, options.under);
    if (options.json === true) {
      const parts = { granule: uri, reader: reader.name, bytes: source.size, ...described(entries) };
      return printJson(terminal, { version: "zagg-granule-describe/1", ...parts });
    }
    for (const line of granuleLines(entries, terminal.stdout.columns ?? 80)) print(terminal, line);
    const count = (test: (entry: GranuleEntry) => boolean): number => entries.filter(test).length;
    const datasets = counted(
      count(({ dataset }) => dataset !== null),
      "dataset",
    );
    const groups = counted(
      count(({ dataset, problem }) => dataset === null && problem === undefined),
      "group",
    );
    print(terminal, `${datasets} in ${groups}, ${bytes(source.size)}`);
  } finally {
    await source.close();
  }
}

async function entriesOf(
  uri: string,
  reader: GranuleReader,
  granule: Awaited<ReturnType<GranuleReader["open"]>>,
  signal: AbortSignal | undefined,
): Promise<readonly GranuleEntry[]> {
  try {
    if (granule.list !== undefined) return await granule.list(signal);
  } finally {
    await granule.close();
  }
  throw new ConfigError("CLI_GRANULE_UNLISTED", {
    what: `the reader ${reader.name} does not say what ${uri} holds`,
    why: "a reader may read what it is asked for, and not list what there is",
    mend: "look into the granule with another tool, or ask the authors of the reader for it",
    path: uri,
  });
}

/** @throws ConfigError `CLI_GRANULE_PATH` */
function entriesUnder(entries: readonly GranuleEntry[], under: string): readonly GranuleEntry[] {
  const path = `/${under.split("/").filter(Boolean).join("/")}`;
  const below = path === "/" ? path : `${path}/`;
  const found = entries.filter((entry) => entry.path === path || entry.path.startsWith(below));
  if (found.length > 0) return found;
  const paths = entries.map((entry) => entry.path);
  throw new ConfigError("CLI_GRANULE_PATH", {
    what: `the granule has nothing at ${path}`,
    why: "--under names a group or a dataset of it, from the root on",
    mend: didYouMean(path, paths) ?? "leave --under out to see what there is",
  });
}

/** As the command documents it. */
function described(entries: readonly GranuleEntry[]): Readonly<Record<string, Json>> {
  const datasets = entries.flatMap(({ dataset, ...entry }) =>
    dataset === null ? [] : [{ ...entry, dataset }],
  );
  const groups = entries.filter(({ dataset, problem }) => dataset === null && problem === undefined);
  const problems = entries.filter(({ problem }) => problem !== undefined);
  return {
    groups: groups.map(({ path, attributes, sameAs }) => ({ path, sameAs: sameAs ?? null, attributes })),
    datasets: datasets.map(({ path, dataset, attributes }) => ({ path, ...stored(dataset), attributes })),
    problems: problems.map(({ path, problem }) => ({ path, problem: problem! })),
  };
}

function stored({ info, type, shape, chunkShape, filters, dimensions }: ListedDataset) {
  const { dtype = null, fillValue = null, encoding = null } = info ?? {};
  return {
    type,
    dtype,
    shape: [...shape],
    chunkShape: chunkShape === null ? null : [...chunkShape],
    filters: [...filters],
    dimensions: [...dimensions],
    fillValue: fillValue === null ? null : spellFillValue(fillValue),
    encoding: encoding === null ? null : (JSON.parse(JSON.stringify(encoding)) as Json),
  };
}
