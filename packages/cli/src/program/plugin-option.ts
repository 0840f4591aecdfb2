/** The option of every command that can use further plugins. */
import { Option } from "commander";

/** `--plugin`, which may be given several times. */
export function pluginOption(): Option {
  return new Option(
    "--plugin <module>",
    "package or path (./…) with further plugins; may be given again",
  ).argParser((name: string, names: readonly string[] = []) => [...names, name]);
}
