/** The pages of a STAC API's item search: their items, and the link to the next. */
import { CatalogError } from "@zagg/core";
import { httpRequest, isHeader, parseUrl, safeUrl, type HttpRequest } from "@zagg/http";
import { isObject } from "../assets.js";
import { readStacEntries } from "../stac.js";
import type { PageReader } from "./pages.js";

/** Reads from the first request of a search on. */
export function stacPages(first: HttpRequest): PageReader {
  return {
    first,
    read({ json }, request, firstIndex) {
      const features = isObject(json) ? json["features"] : undefined;
      if (!isObject(json) || !Array.isArray(features))
        throw notAPage(request, "the list features is missing");
      return {
        ...readStacEntries(features as readonly unknown[], {}, firstIndex),
        matched: matchedOf(json),
        next: nextOf(json["links"], request, first),
      };
    },
  };
}

/** The count by any of the names it has had. */
function matchedOf(json: Readonly<Record<string, unknown>>): number | null {
  const context = isObject(json["context"]) ? json["context"] : {};
  const counts = [json["numberMatched"], json["numMatched"], context["matched"]];
  return (
    counts.filter((count) => Number.isSafeInteger(count) && (count as number) >= 0).map(Number)[0] ?? null
  );
}

/**
 * The request that a link `rel=next` describes. A POST link repeats the first request's body when it says `merge`, and
 * when it has no body of its own: without one it would ask for everything.
 */
function nextOf(links: unknown, request: HttpRequest, first: HttpRequest): HttpRequest | null {
  const link = Array.isArray(links) ? links.filter(isObject).find(({ rel }) => rel === "next") : undefined;
  if (link === undefined) return null;
  const url = linkUrl(link["href"], request);
  const merge = link["merge"] === true;
  const own = Object.entries(isObject(link["headers"]) ? link["headers"] : {})
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value] as const)
    .filter(
      (entry): entry is readonly [string, string] =>
        typeof entry[1] === "string" && isPlainHeader(entry[0], entry[1]),
    );
  const headers = { ...(merge ? first.headers : {}), ...Object.fromEntries(own) };
  if (String(link["method"] ?? "GET").toUpperCase() !== "POST") {
    return httpRequest(url, request.trustedOrigin, { headers });
  }
  const firstBody = first.body === null ? {} : (JSON.parse(first.body) as Record<string, unknown>);
  const linkBody = isObject(link["body"]) ? link["body"] : undefined;
  const body = linkBody === undefined ? firstBody : merge ? { ...firstBody, ...linkBody } : linkBody;
  try {
    return postRequest(url, request.trustedOrigin, body, headers);
  } catch {
    throw notAPage(request, "the link to the next page has a body nested too deep");
  }
}

/** A search sent as a JSON body. */
export function postRequest(
  url: URL,
  trustedOrigin: string,
  body: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): HttpRequest {
  return httpRequest(url, trustedOrigin, {
    method: "POST",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/**
 * Where a link of an answer leads. Servers behind a proxy often write http for their own https: that is taken as meant.
 * @throws CatalogError `CATALOG_PAGE`
 */
export function linkUrl(href: unknown, from: Pick<HttpRequest, "url">): URL {
  const url = typeof href === "string" ? parseUrl(href, from.url) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw notAPage(from, "a link leads to what is no http or https URL");
  }
  if (from.url.protocol === "https:" && url.protocol === "http:") {
    if (url.hostname !== from.url.hostname) throw notAPage(from, "a link leads from https to http elsewhere");
    const upgraded = new URL(url);
    upgraded.protocol = "https:";
    if (url.port === "80" || url.port === "") upgraded.port = from.url.port;
    return upgraded;
  }
  return url;
}

/** Headers that a server may set for us: none of what says who we are, or how the connection works. */
function isPlainHeader(name: string, value: string): boolean {
  const isOurs = /^(authorization|cookie|host|user-agent|content-.*|proxy-.*|sec-.*)$/i.test(name);
  return isHeader(name, value) && !isOurs;
}

export function notAPage({ url }: Pick<HttpRequest, "url">, why: string): CatalogError {
  return new CatalogError("CATALOG_PAGE", {
    what: `${safeUrl(url)} answers with no page of granules`,
    why,
    mend: "check the URL of the catalog and which API it is",
    details: { url: safeUrl(url) },
  });
}
