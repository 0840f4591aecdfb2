/** A query as a STAC API's item search takes it. */
import type { BoundingBox } from "@zagg/core";
import { httpRequest, type HttpRequest } from "@zagg/http";
import { catalogUrl, type CatalogClient } from "./client.js";
import type { CatalogQuery } from "./query.js";
import { plainBoxes } from "@zagg/sphere";
import { areaForApi } from "./sent-area.js";
import { plainApi, readStacApi, type StacApi } from "./stac-api.js";
import { postRequest } from "./stac-pages.js";

/** Longer URLs are refused by some servers. */
const LONGEST_URL = 4_000;

/** The first requests of a search, one after the other, and what they leave to us. */
export interface StacPlan {
  readonly requests: readonly HttpRequest[];
  /** Whether the server compares footprints with the area itself. */
  readonly intersects: boolean;
  /** Whether the server gives only what was changed since the time that was asked. */
  readonly changedOnly: boolean;
  /** What to do instead if the server does not take the area. */
  readonly withoutArea: StacPlan | null;
}

/** CMR's is asked as it is documented; the landing page is asked only when more is wanted than a box and a time. */
export async function planStacSearch(
  client: CatalogClient,
  query: CatalogQuery,
  pageSize: number,
  since: string | null,
): Promise<StacPlan> {
  const root = catalogUrl(query.url, "the URL of the catalog");
  if (query.provider !== null)
    root.pathname = `${root.pathname.replace(/\/+$/, "")}/${encodeURIComponent(query.provider)}`;
  const isPlain = query.source === "cmr-stac" && query.area === null && since === null;
  const api = isPlain ? plainApi(root) : await readStacApi(client, root);
  const common = { ...commonFields(query, pageSize), ...changedFields(api, since) };
  const changedOnly = since !== null && api.changes !== null;
  const send = (fields: Fields): HttpRequest => searchRequest(api, root, fields, query.source === "stac");
  const boxes: readonly (BoundingBox | null)[] = query.bbox === null ? [null] : plainBoxes(query.bbox);
  const byBox: StacPlan = {
    requests: boxes.map((bbox) => send(bbox === null ? common : { ...common, bbox })),
    intersects: false,
    changedOnly,
    withoutArea: null,
  };
  const intersects = query.region === null || !api.intersects ? null : areaForApi(query.region);
  if (intersects === null) return byBox;
  const request = searchRequest(api, root, { ...common, intersects }, true);
  if (request.method === "GET" && request.url.href.length > LONGEST_URL) return byBox;
  return { requests: [request], intersects: true, changedOnly, withoutArea: byBox };
}

type Fields = Readonly<Record<string, unknown>>;

function commonFields({ collection, start, end }: CatalogQuery, limit: number): Fields {
  const from = start === null ? ".." : `${start}T00:00:00Z`;
  const to = end === null ? ".." : `${end}T23:59:59Z`;
  return {
    collections: [collection],
    ...(start === null && end === null ? {} : { datetime: `${from}/${to}` }),
    limit,
  };
}

/** Items changed at a moment or later. */
function changedFields({ changes }: StacApi, since: string | null): Fields {
  if (since === null || changes === null) return {};
  switch (changes) {
    case "cql2-json":
      return {
        "filter-lang": "cql2-json",
        filter: { op: ">=", args: [{ property: "updated" }, { timestamp: since }] },
      };
    case "cql2-text":
      return { "filter-lang": "cql2-text", filter: `updated >= TIMESTAMP('${since}')` };
    case "query":
      return { query: { updated: { gte: since } } };
  }
}

function searchRequest(api: StacApi, root: URL, fields: Fields, preferPost: boolean): HttpRequest {
  if (preferPost && api.post !== null) return postRequest(api.post, root.origin, fields);
  const url = new URL(api.get);
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, textOf(value));
  return httpRequest(url, root.origin);
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(",");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
