/** `zagg shardmap validate`: everything that is wrong with a shard map's file. */
import { validateShardMap } from "@zagg/shardmap/validate";
import { inputChunks } from "../../inputs/files.js";
import { exitCodes } from "../../output/exit-codes.js";
import { counted, thousands } from "../../output/table.js";
import { print, printJson } from "../../output/terminal.js";
import type { Session } from "../../session.js";

/** Prints everything that is wrong with a shard map's file. */
export function shardmapValidate(
  path: string,
  { json }: { json?: boolean },
  { terminal, exit }: Session,
): void {
  const validation = validateShardMap(inputChunks(path, "shard map"));
  const { valid, problems, more } = validation;
  if (!valid) exit.code = exitCodes.usage;
  if (json === true) {
    return printJson(terminal, { version: "zagg-shardmap-validate/1", shardmap: path, ...validation });
  }
  if (valid) return print(terminal, `${path} is a shard map.`);
  for (const { code, pointer, what, line, column } of problems) {
    print(terminal, `${path}:${line}:${column} ${code}${pointer === "" ? "" : ` at ${pointer}`}: ${what}`);
  }
  print(
    terminal,
    `${counted(problems.length + more, "problem")}${more > 0 ? `, the first ${thousands(problems.length)} listed` : ""}`,
  );
}
