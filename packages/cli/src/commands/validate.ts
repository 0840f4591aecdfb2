/** `zagg validate`: whether a configuration could run. */
import type { Command } from "commander";
import { bindConfig } from "@zagg/runner";
import { openConfig } from "../inputs/config.js";
import { inFile } from "../inputs/in-file.js";
import { table } from "../output/table.js";
import { print, printJson } from "../output/terminal.js";
import { pluginOption } from "../plugins/option.js";
import type { Session } from "../session.js";

interface ValidateOptions {
  json?: boolean;
  printConfig?: boolean;
  plugin?: readonly string[];
}

export function addValidate(program: Command, session: Session): void {
  const { terminal } = session;
  program
    .command("validate")
    .description("check a configuration against the schema and every plugin's own parameters")
    .argument("<config>", "configuration: a file, or a name that zagg config list shows")
    .addOption(pluginOption())
    .option("--json", "as one JSON object")
    .option("--print-config", "print the configuration with its defaults filled in")
    .action(async (path: string, { json, printConfig, plugin }: ValidateOptions) => {
      const opened = await openConfig(terminal, session.registry, path, "run", plugin);
      const { config, grid, warnings, registry } = opened;
      inFile(path, () => bindConfig(registry, config));
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
    });
}
