/** One exchange, redirects followed by our own rules: a bound, no step down to http, no credentials to another origin. */
import { HttpError } from "@zagg/core";
import type { HttpSettings } from "./options.js";
import { parseUrl, safeUrl } from "./safe-text.js";

/** A request as it is first sent. */
export interface HttpRequest {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Headers of {@link HttpSettings} go to this origin only. */
  readonly trustedOrigin: string;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * The first answer that is no redirect. What is asked here is safe to repeat, so 301 and 302 keep method and body as
 * 307 and 308 do: a search turned into a bare GET would find everything.
 * @throws HttpError `HTTP_REDIRECTS`, `HTTP_URL`
 */
export async function exchange(
  settings: HttpSettings,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<Response> {
  let { url, method, body } = request;
  for (let redirects = 0; redirects <= settings.maxRedirects; redirects++) {
    const headers = {
      "User-Agent": settings.userAgent,
      ...(url.origin === request.trustedOrigin ? settings.headers : {}),
      ...(url.origin === request.url.origin ? request.headers : harmless(request.headers)),
    };
    const init = { method, headers, body, signal };
    let response = await settings.fetch(url, { ...init, redirect: "manual" });
    // A browser does not tell where a redirect leads; it keeps the same rules when it follows by itself.
    if (response.type === "opaqueredirect") response = await settings.fetch(url, init);
    if (!REDIRECTS.has(response.status)) return response;
    const location = response.headers.get("location");
    if (location === null) return response;
    await response.body?.cancel().catch(() => undefined);
    url = redirectTarget(location, url);
    if (response.status === 303) [method, body] = ["GET", null];
  }
  throw new HttpError("HTTP_REDIRECTS", {
    what: `${safeUrl(request.url)} redirects more than ${settings.maxRedirects} times`,
    why: "that many redirects are a loop, or nearly one",
    mend: "check the URL",
    details: { url: safeUrl(request.url), redirects: settings.maxRedirects },
  });
}

function redirectTarget(location: string, from: URL): URL {
  const to = parseUrl(location, from);
  if (to === undefined || !/^https?:$/.test(to.protocol)) {
    throw urlError(from, "redirects to what is no http or https URL");
  }
  if (from.protocol === "https:" && to.protocol === "http:") {
    throw urlError(from, `redirects from https to http, ${safeUrl(to)}`);
  }
  return to;
}

function urlError(from: URL, what: string): HttpError {
  return new HttpError("HTTP_URL", {
    what: `${safeUrl(from)} ${what}`,
    why: "what comes that way could be read or changed by anyone between",
    mend: "check the URL, and tell its operator",
    details: { url: safeUrl(from) },
  });
}

/** What says how to read the request, and nothing of who sends it. */
function harmless(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => /^(accept|content-type|range|if-match)$/i.test(name)),
  );
}
