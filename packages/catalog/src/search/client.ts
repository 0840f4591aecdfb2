/** How catalogs are asked: what goes wrong between us and a server is told in the words and codes of catalogs. */
import { CatalogError, ConfigError, isCodedError } from "@zagg/core";
import { createHttpClient, safeUrl, type HttpClient, type HttpOptions } from "@zagg/http";

/** The part of an HTTP client that a catalog needs. */
export type CatalogClient = Pick<HttpClient, "json">;

/**
 * A client whose requests throw CatalogError `CATALOG_BODY_SIZE`, `CATALOG_HTTP_STATUS`, `CATALOG_INTERRUPTED`,
 * `CATALOG_NOT_JSON`, `CATALOG_REDIRECTS`, `CATALOG_TIMEOUT`, `CATALOG_UNREACHABLE`, `CATALOG_URL`.
 * @throws ConfigError `CATALOG_HEADER`
 */
export function createCatalogClient(options: HttpOptions): CatalogClient {
  const { onRetry } = options;
  const inWords: HttpOptions = {
    ...options,
    userAgent: options.userAgent ?? "zagg (granule catalog client)",
    onRetry: onRetry && ((retry) => onRetry({ ...retry, code: catalogCode(retry.code) })),
  };
  const client = inCatalogWords(() => createHttpClient(inWords));
  return { json: (request) => client.json(request).catch(tellAsCatalog) };
}

/**
 * A URL that a catalog may be asked at.
 * @param what names it in messages
 * @throws CatalogError `CATALOG_URL`
 */
export function catalogUrl(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "") {
    return url;
  }
  throw new CatalogError("CATALOG_URL", {
    what: `${what} is ${url === undefined ? JSON.stringify(text.slice(0, 80)) : safeUrl(url)}`,
    why:
      url === undefined || !/^https?:$/.test(url.protocol)
        ? "catalogs are asked over http or https"
        : "a URL with a password is kept where others can read it",
    mend: "give a URL such as https://host/path",
  });
}

function inCatalogWords<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    return tellAsCatalog(error);
  }
}

/** `HTTP_STATUS` is `CATALOG_HTTP_STATUS`, the others change their first word. */
function catalogCode(code: string): string {
  return code === "HTTP_STATUS" ? "CATALOG_HTTP_STATUS" : code.replace(/^HTTP_/, "CATALOG_");
}

/** Mends that are others for catalogs, by code and by the status of the answer. */
const mends: Readonly<Record<string, string>> = {
  HTTP_BODY_SIZE: "ask with a smaller --page-size, and check the URL of the catalog",
  HTTP_REDIRECTS: "check the URL of the catalog",
  HTTP_STATUS_404: "check the URL of the catalog, its provider and its collection",
  HTTP_TIMEOUT: "try again later, or with a smaller --page-size",
  HTTP_UNREACHABLE: "check the network and the URL of the catalog, then try again",
  HTTP_URL: "check the URL of the catalog, and tell its operator",
};

/** @throws CatalogError or ConfigError instead of one of HTTP; everything else as it is */
function tellAsCatalog(error: unknown): never {
  if (!isCodedError(error) || !error.code.startsWith("HTTP_")) throw error;
  const { code, what, why, details, cause } = error;
  const status = String(details?.["status"] ?? "");
  const mend = mends[code] ?? mends[`${code}_${status}`] ?? error.mend;
  const parts = { what, why, mend, cause, ...(details === undefined ? {} : { details }) };
  throw error.name === "ConfigError"
    ? new ConfigError(catalogCode(code), parts)
    : new CatalogError(catalogCode(code), parts);
}
