/** `zagg shardmap diff`: what two shard maps do not have in common. */
import { diffShardMaps, type ShardMapDiff } from "@zagg/shardmap";
import { openShardMap } from "../../inputs/shard-map.js";
import { exitCodes } from "../../output/exit-codes.js";
import { table, thousands } from "../../output/table.js";
import { print, printJson, type Terminal } from "../../output/terminal.js";
import type { Session } from "../../session.js";

/** Names listed in prose; `--json` has all. */
const LISTED = 10;

/** Prints what two shard maps do not have in common. */
export async function shardmapDiff(
  a: string,
  b: string,
  options: { exitCode?: boolean; json?: boolean },
  { terminal, exit }: Session,
): Promise<void> {
  const diff = diffShardMaps(await openShardMap(a), await openShardMap(b));
  if (options.exitCode === true && !diff.same) exit.code = exitCodes.usage;
  if (options.json === true) return printJson(terminal, { version: "zagg-shardmap-diff/1", ...diff });
  printDiff(terminal, a, b, diff);
}

function printDiff(terminal: Terminal, a: string, b: string, diff: ShardMapDiff): void {
  const { shards, pairs, granules, spatial, changedShards } = diff;
  print(
    terminal,
    diff.same
      ? `${a} and ${b} have the same grid, shards and pairs.`
      : `${a} and ${b} differ${spatial.length > 0 ? " in their grids: shards are compared by their keys alone" : ""}.`,
  );
  const count = (name: string, own: { a: number; b: number }, added: number, removed: number) =>
    [name, thousands(own.a), thousands(own.b), `+${thousands(added)}`, `-${thousands(removed)}`] as const;
  print(
    terminal,
    table(
      [
        count("shards", shards, shards.added.length, shards.removed.length),
        count("pairs", pairs, pairs.added, pairs.removed),
        count("granules", granules, granules.added.length, granules.removed.length),
      ],
      ["", "in A", "in B", "added", "removed"],
    ),
  );
  for (const { key, a: left, b: right } of spatial) {
    print(terminal, `grid, ${key}: ${JSON.stringify(left)} in A, ${JSON.stringify(right)} in B`);
  }
  const list = (title: string, names: readonly string[]): void => {
    if (names.length === 0) return;
    const more = names.length > LISTED ? ` and ${thousands(names.length - LISTED)} more` : "";
    print(terminal, `${title}: ${names.slice(0, LISTED).join(" ")}${more}`);
  };
  list("shards added", shards.added);
  list("shards removed", shards.removed);
  list(
    "shards with other granules",
    changedShards.map(({ shardKey, added, removed }) => `${shardKey} (+${added.length} -${removed.length})`),
  );
  list("granules added", granules.added);
  list("granules removed", granules.removed);
  list("granules with other hrefs or members", granules.changed);
}
