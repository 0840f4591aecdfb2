/** `zagg validate`: whether a configuration could run. */
import { assertStoreOptions, type Warning } from "@zagg/core";
import { bindConfig } from "@zagg/runner";
import { configBounds } from "@zagg/shardmap";
import { openConfig, type PluginFlags } from "../inputs/config.js";
import { inFile, warningIn } from "../inputs/in-file.js";
import { tellWarnings } from "../output/errors.js";
import { table } from "../output/table.js";
import { print, printJson } from "../output/terminal.js";
import type { Session } from "../session.js";

export interface ValidateOptions extends PluginFlags {
  json?: boolean;
  printConfig?: boolean;
}

/** Checks a configuration as a run would, and prints its fields. */
export async function validate(
  path: string,
  { json, printConfig, ...flags }: ValidateOptions,
  session: Session,
): Promise<void> {
  const { terminal } = session;
  const opened = await openConfig(session, path, "run", flags);
  const { config, grid, registry } = opened;
  const odd: Warning[] = [];
  inFile(path, () => {
    bindConfig(registry, config);
    configBounds(config, (warning) => odd.push(warningIn(path, warning)));
    assertStoreOptions(registry, config);
  });
  tellWarnings(terminal, odd);
  const warnings = [...opened.warnings, ...odd];
  if (printConfig === true) return printJson(terminal, config);
  const signature = grid.signature();
  if (json === true)
    return printJson(terminal, { version: "zagg-validate/1", valid: true, warnings, signature });
  print(terminal, `${path} is valid: ${signature.output_fields.length} fields on a ${grid.type} grid`);
  const fields = Object.entries(config.aggregation.variables).map(([name, field]) => [
    name,
    field.kind,
    field.dtype ?? "float32",
    field.function ?? field.expression ?? "",
  ]);
  print(terminal, table(fields, ["field", "kind", "dtype", "computed by"]));
}
