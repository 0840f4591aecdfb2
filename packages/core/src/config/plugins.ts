/** The plugins that a configuration names: learned before it can be validated, since validation needs them. */
import { ConfigError } from "../errors.js";
import { parseYaml, type ParsedYaml } from "./yaml.js";

/**
 * The top-level `plugins:` of a configuration, in its order; empty when there is none.
 * @param source its text, or that text parsed already
 * @throws ConfigError `CONFIG_YAML`, `CONFIG_LIMIT`; `CONFIG_TYPE` when it is not a list of names
 */
export function configPlugins(source: string | ParsedYaml, file?: string): readonly string[] {
  const { value, position } = typeof source === "string" ? parseYaml(source, file) : source;
  if (typeof value !== "object" || value === null || !("plugins" in value)) return [];
  const { plugins } = value;
  if (plugins === null) return [];
  const names: readonly unknown[] = Array.isArray(plugins) ? plugins : [plugins];
  const wrong = Array.isArray(plugins) ? names.findIndex((name) => !isName(name)) : 0;
  if (wrong < 0) return names as readonly string[];
  const path = Array.isArray(plugins) ? ["plugins", String(wrong)] : ["plugins"];
  const at = position(path);
  throw new ConfigError("CONFIG_TYPE", {
    what: `${path.join(".")} is ${JSON.stringify(names[wrong])}`,
    why: "plugins is a list of package names and paths",
    mend: 'write it as plugins: ["name-of-a-package", ./path/of-a-module.mjs]',
    path: `/${path.join("/")}`,
    details: { file: file ?? null, line: at?.line ?? null, column: at?.column ?? null },
  });
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
