/** The query that a command line describes. */
import {
  createCatalogQuery,
  cycleDates,
  type CatalogQuery,
  type CatalogQueryOptions,
  type QuerySource,
} from "@zagg/catalog";
import { ConfigError } from "@zagg/core";
import type { Terminal } from "../output/terminal.js";
import { readGivenRegion, type RegionOptions } from "./region.js";

export interface QueryFlags extends RegionOptions {
  readonly shortName?: string;
  readonly version?: string;
  readonly provider?: string;
  readonly cycle?: string;
  readonly startDate?: string;
  readonly endDate?: string;
  /** A STAC API's URL. */
  readonly stac?: string;
  readonly collection?: string;
  readonly umm?: boolean;
  /** In place of CMR's public one. */
  readonly url?: string;
}

/** @throws ConfigError `CLI_USAGE`, `CLI_REGION_CONFLICT`, `CATALOG_QUERY` */
export async function readQuery(terminal: Terminal, flags: QueryFlags): Promise<CatalogQuery> {
  const source = sourceOf(flags);
  const { bbox, area } = await readGivenRegion(terminal, flags);
  if (source !== "stac" && bbox === undefined && area === undefined) {
    throw usage(
      "neither --region nor --bbox is given",
      "granules are searched over a region",
      "add --region FILE or --bbox=W,S,E,N; the globe is --bbox=-180,-90,180,90",
    );
  }
  const options: CatalogQueryOptions = {
    source,
    url: source === "stac" ? flags.stac : flags.url,
    provider: flags.provider,
    shortName: flags.shortName,
    version: source === "stac" ? undefined : (flags.version ?? "007"),
    collection: flags.collection,
    ...datesOf(flags, source),
    bbox,
    area,
  };
  return createCatalogQuery(options);
}

function sourceOf({ stac, collection, umm, url, shortName, provider, version }: QueryFlags): QuerySource {
  if (stac === undefined) {
    if (collection !== undefined) {
      throw usage(
        "--collection is given without --stac",
        "it names a collection of a STAC API",
        "add --stac URL",
      );
    }
    if (shortName === undefined) {
      throw usage(
        "neither --short-name nor --stac is given",
        "a query names a product of CMR, or a STAC API and its collection",
        "give --short-name ATL06, or --stac URL --collection NAME",
      );
    }
    return umm === true ? "umm-json" : "cmr-stac";
  }
  const others = {
    "--umm": umm,
    "--url": url,
    "--short-name": shortName,
    "--provider": provider,
    "--version": version,
  };
  const given = Object.entries(others).find(([, value]) => value !== undefined)?.[0];
  if (given !== undefined) {
    throw usage(
      `--stac and ${given} are both given`,
      `${given} belongs to CMR's search`,
      "leave one of them out",
    );
  }
  return "stac";
}

function datesOf(flags: QueryFlags, source: QuerySource): Pick<CatalogQueryOptions, "start" | "end"> {
  const { cycle, startDate: start, endDate: end } = flags;
  if (cycle !== undefined && (start !== undefined || end !== undefined)) {
    throw usage("--cycle and a date are both given", "a query has one time", "leave one of them out");
  }
  if (cycle !== undefined) return cycleDates(/^\d+$/.test(cycle) ? Number(cycle) : NaN);
  if (source !== "stac" && (start === undefined || end === undefined)) {
    throw usage(
      "neither --cycle nor both --start-date and --end-date are given",
      "a product's whole archive is seldom meant",
      "give --cycle N, or --start-date YYYY-MM-DD and --end-date YYYY-MM-DD",
    );
  }
  return { start, end };
}

function usage(what: string, why: string, mend: string): ConfigError {
  return new ConfigError("CLI_USAGE", { what, why, mend });
}
