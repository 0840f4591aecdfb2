/** The region a command is limited to. */
import { ConfigError, type BoundingBox, type Json, type JsonObject, type Region } from "@zagg/core";
import { regionFromBbox, regionFromGeoJson } from "@zagg/sphere";
import { tellWarnings } from "../output/errors.js";
import type { Terminal } from "../output/terminal.js";
import { readInput } from "./files.js";
import { inFile, warningIn } from "./in-file.js";

export interface RegionOptions {
  /** Path of a GeoJSON file. */
  readonly region?: string;
  /** `W,S,E,N` in degrees. */
  readonly bbox?: string;
}

/** What `--region` or `--bbox` says, as it was given and as a region; a member is missing when its flag is. */
export interface GivenRegion {
  readonly bbox?: BoundingBox;
  /** The GeoJSON document. */
  readonly area?: unknown;
  readonly region?: Region;
}

/** The region of `--region` or `--bbox`; undefined when neither is given. */
export async function readRegion(terminal: Terminal, options: RegionOptions): Promise<Region | undefined> {
  return (await readGivenRegion(terminal, options)).region;
}

/**
 * Tells what is odd in a region that is taken all the same.
 * @throws ConfigError `CLI_REGION_CONFLICT`, `CLI_FILE_UNREADABLE`, `CLI_USAGE`; GeometryError of the region
 */
export async function readGivenRegion(
  terminal: Terminal,
  { region, bbox }: RegionOptions,
): Promise<GivenRegion> {
  if (region !== undefined && bbox !== undefined) {
    throw new ConfigError("CLI_REGION_CONFLICT", {
      what: "--region and --bbox are both given",
      why: "there is one region",
      mend: "leave one of them out",
    });
  }
  if (bbox !== undefined) {
    const box = parseBbox(bbox);
    return { bbox: box, region: regionFromBbox(box) };
  }
  if (region === undefined) return {};
  const text = await readInput(region, "region");
  let area: unknown;
  try {
    area = JSON.parse(text);
  } catch (cause) {
    throw new ConfigError("CLI_FILE_UNREADABLE", {
      what: `the region ${region} is not JSON`,
      why: cause instanceof Error ? cause.message : String(cause),
      mend: "give a GeoJSON file",
      path: region,
      cause,
    });
  }
  return { area, region: regionInFile(terminal, region, area) };
}

function regionInFile(terminal: Terminal, file: string, area: unknown): Region {
  return inFile(file, () =>
    regionFromGeoJson(area, (warning) => tellWarnings(terminal, [warningIn(file, warning)])),
  );
}

/**
 * The area or box that a catalog was queried with, as the region of a build.
 * @throws ConfigError `CLI_REGION_MISSING`
 */
export function regionOfCatalog(terminal: Terminal, catalog: string, { bbox, area }: JsonObject): Region {
  if (area !== undefined && area !== null) return regionInFile(terminal, catalog, area);
  if (bbox === undefined || bbox === null) {
    throw new ConfigError("CLI_REGION_MISSING", {
      what: `no region is given and the catalog ${catalog} has no bbox in its metadata`,
      why: "footprints are intersected with the shards of a region",
      mend: "add --region FILE or --bbox=W,S,E,N, or set bounds.spatial",
      path: catalog,
    });
  }
  const box = plainBox(bbox);
  if (box !== undefined) return inFile(catalog, () => regionFromBbox(box));
  throw new ConfigError("CLI_REGION_MISSING", {
    what: `no region is given and the bbox of the catalog ${catalog} is ${JSON.stringify(bbox).slice(0, 80)}`,
    why: "a bbox is four numbers, west, south, east, north, or six with the lowest and highest altitude",
    mend: "add --region FILE or --bbox=W,S,E,N",
    path: catalog,
  });
}

/** West, south, east, north of a bbox that may have altitudes. */
function plainBox(bbox: Json): BoundingBox | undefined {
  if (!Array.isArray(bbox) || !bbox.every((value) => typeof value === "number")) return undefined;
  const [west, south, ...rest] = bbox as readonly number[];
  const [east, north] = rest.length === 4 ? [rest[1], rest[2]] : rest;
  const isBox = rest.length === 2 || rest.length === 4;
  return isBox ? [west as number, south as number, east as number, north as number] : undefined;
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
