/** The options of every command that can use further plugins. */
import { Option } from "commander";

/** `--plugin`, which may be given several times. */
export function pluginOption(): Option {
  return new Option(
    "--plugin <module>",
    "package or path (./…) with further plugins, whose code runs; may be given again, as may ZAGG_PLUGINS=a,b",
  ).argParser((name: string, names: readonly string[] = []) => [...names, name]);
}

/** `--trust-plugins`: without it, modules that a configuration names run only when they are named here too. */
export function trustOption(): Option {
  return new Option("--trust-plugins", "run the code of whatever plugins the configuration names");
}
