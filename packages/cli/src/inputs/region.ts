/** The region a command is limited to. */
import { ConfigError, regionFromBbox, regionFromGeoJson, type Region } from "@zagg/core";
import { readInput } from "./files.js";
import { inFile } from "./in-file.js";

export interface RegionOptions {
  /** Path of a GeoJSON file. */
  readonly region?: string;
  /** `W,S,E,N` in degrees. */
  readonly bbox?: string;
}

/** The region of `--region` or `--bbox`; undefined when neither is given. */
export async function readRegion({ region, bbox }: RegionOptions): Promise<Region | undefined> {
  if (region !== undefined && bbox !== undefined) {
    throw new ConfigError("CLI_REGION_CONFLICT", {
      what: "--region and --bbox are both given",
      why: "a shard map has one region",
      mend: "leave one of them out",
    });
  }
  if (bbox !== undefined) return regionFromBbox(parseBbox(bbox));
  if (region === undefined) return undefined;
  const text = await readInput(region, "region");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ConfigError("CLI_FILE_UNREADABLE", {
      what: `the region ${region} is not JSON`,
      why: cause instanceof Error ? cause.message : String(cause),
      mend: "give a GeoJSON file",
      path: region,
      cause,
    });
  }
  return inFile(region, () => regionFromGeoJson(value));
}

function parseBbox(text: string): [number, number, number, number] {
  const numbers = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  if (numbers.length !== 4 || !numbers.every(Number.isFinite)) {
    throw new ConfigError("CLI_USAGE", {
      what: `--bbox is ${JSON.stringify(text)}`,
      why: "it must be four numbers: west, south, east, north, in degrees",
      mend: "write --bbox=W,S,E,N, such as --bbox=-50,60,-30,70",
    });
  }
  return numbers as [number, number, number, number];
}
