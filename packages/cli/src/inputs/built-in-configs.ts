/** The configurations that come with the command, each by its name. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ConfigError, didYouMean } from "@zagg/core";

/** A configuration of the package. */
export interface BuiltInConfig {
  /** What `--config` says. */
  readonly name: string;
  /** What it makes, in a few words. */
  readonly title: string;
}

/** In the order of their names. */
export const builtInConfigs: readonly BuiltInConfig[] = [
  { name: "atl03", title: "photon heights, 0.0001° cells: count, extremes, mean, median, variance" },
  { name: "atl03_gain_bias_healpix", title: "photon heights, HEALPix: histograms on an axis per chunk" },
  { name: "atl03_tdigest_healpix", title: "photon heights, HEALPix: a t-digest per cell" },
  { name: "atl03_waveform_chunk", title: "photon heights, 0.0001° cells: histograms on an axis per chunk" },
  { name: "atl03_waveform_counts", title: "photon heights, 0.0001° cells: histograms about the median" },
  { name: "atl06", title: "land-ice heights, HEALPix: weighted mean, error, variance, quartiles" },
  { name: "atl06_polar", title: "land-ice heights, Antarctica, 5 km cells: weighted mean, error, variance" },
];

/** Whether `--config` names one of them. */
export function isBuiltInName(config: string): boolean {
  return builtInConfigs.some(({ name }) => name === config);
}

/** The text of one of them. @throws ConfigError `CLI_CONFIG_UNKNOWN` */
export async function builtInConfigText(name: string): Promise<string> {
  if (!isBuiltInName(name)) throw unknownConfig(name);
  return readFile(fileURLToPath(new URL(`../../configs/${name}.yaml`, import.meta.url)), "utf8");
}

/** The error for a name that is none of theirs. */
export function unknownConfig(name: string): ConfigError {
  const names = builtInConfigs.map((config) => config.name);
  return new ConfigError("CLI_CONFIG_UNKNOWN", {
    what: `there is no built-in configuration "${name}", and no such file`,
    why: `the built-in configurations are ${names.join(", ")}`,
    mend: didYouMean(name, names) ?? "name one of those, or the path of a configuration file",
    details: { name, known: names },
  });
}
