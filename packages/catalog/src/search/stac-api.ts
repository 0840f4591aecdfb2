/** What a STAC API can do, as its landing page says. */
import { isCodedError } from "@zagg/core";
import { httpRequest, type HttpRequest } from "@zagg/http";
import type { CatalogClient } from "./client.js";
import { isObject } from "../assets.js";
import { linkUrl } from "./stac-pages.js";

export interface StacApi {
  /** Where searches are sent by GET, and by POST if they may be. */
  readonly get: URL;
  readonly post: URL | null;
  /** Whether a search may name a geometry. */
  readonly intersects: boolean;
  /** How items can be chosen by when they were changed. */
  readonly changes: "cql2-json" | "cql2-text" | "query" | null;
}

/** An API of which nothing is known but where its search is. */
export function plainApi(root: URL): StacApi {
  const get = new URL(root);
  get.pathname = `${root.pathname.replace(/\/+$/, "")}/search`;
  return { get, post: null, intersects: false, changes: null };
}

/** Asks the landing page. An API that has none, or another, is a plain one. */
export async function readStacApi(client: CatalogClient, root: URL): Promise<StacApi> {
  const request = httpRequest(root, root.origin);
  const plain = plainApi(root);
  let landing: unknown;
  try {
    landing = (await client.json(request)).json;
  } catch (error) {
    const status = isCodedError(error) ? error.details?.["status"] : undefined;
    if (typeof status === "number" && status < 500 && status !== 429 && status !== 401) return plain;
    throw error;
  }
  if (!isObject(landing)) return plain;
  const conforms = (pattern: RegExp): boolean =>
    Array.isArray(landing["conformsTo"]) &&
    landing["conformsTo"].some((uri) => typeof uri === "string" && pattern.test(uri));
  const { get, post } = searchLinks(landing["links"], request, plain.get);
  const isFilterable = conforms(/item-search#filter(:.*)?$/);
  return {
    get,
    post,
    intersects: conforms(/\/item-search\/?$/),
    changes:
      isFilterable && post !== null && conforms(/cql2-json/)
        ? "cql2-json"
        : isFilterable && post === null && conforms(/cql2-text/)
          ? "cql2-text"
          : post !== null && conforms(/item-search#query$/)
            ? "query"
            : null,
  };
}

function searchLinks(links: unknown, request: HttpRequest, otherwise: URL): { get: URL; post: URL | null } {
  const searches = (Array.isArray(links) ? links : []).filter(isObject).filter(({ rel }) => rel === "search");
  const by = (method: string): URL | undefined => {
    const link = searches.find((search) => String(search["method"] ?? "GET").toUpperCase() === method);
    return link === undefined ? undefined : linkUrl(link["href"], request);
  };
  return { get: by("GET") ?? otherwise, post: by("POST") ?? null };
}
