/** Requests, as they are first sent. */
import type { HttpRequest } from "./redirects.js";

/** @param trustedOrigin gets the headers of the options, which may hold credentials */
export function httpRequest(
  url: URL,
  trustedOrigin: string,
  parts: Partial<Pick<HttpRequest, "method" | "headers" | "body">> = {},
): HttpRequest {
  const accept = { Accept: "application/geo+json, application/json;q=0.9, */*;q=0.1" };
  return {
    url,
    trustedOrigin,
    method: parts.method ?? "GET",
    headers: { ...accept, ...parts.headers },
    body: parts.body ?? null,
  };
}

/** Whether a header's name and value have only characters that they may have. */
export function isHeader(name: string, value: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}
