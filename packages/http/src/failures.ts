/** What went wrong between us and a server, in words. */
import { HttpError } from "@zagg/core";
import type { HttpSettings } from "./options.js";
import type { HttpRequest } from "./redirects.js";
import { safeExcerpt, safeUrl } from "./safe-text.js";

/** An answer that is not the JSON asked for. */
export function answerError(
  request: HttpRequest,
  settings: HttpSettings,
  response: Response,
  text: string,
): HttpError {
  const url = safeUrl(request.url);
  const type = safeExcerpt(response.headers.get("content-type") ?? "no content type");
  // A scheme such as Bearer stands before the secret itself.
  const secrets = Object.values(settings.headers).flatMap((value) => value.split(/\s+/));
  const start = safeExcerpt(text, secrets);
  const details = { url, status: response.status, contentType: type, start };
  const answer = `${type}${start === "" ? ", empty" : `: ${start}`}`;
  if (response.ok) {
    const isCut = isCutJson(text);
    return new HttpError("HTTP_NOT_JSON", {
      what: `${url} answers ${response.status} with ${answer}`,
      why: isCut ? "the JSON breaks off or is malformed" : "JSON should be there",
      mend: isCut
        ? "try again later, or ask for less at once"
        : "check the URL; a sign-in page or a proxy may stand before it",
      details,
    });
  }
  return new HttpError("HTTP_STATUS", {
    what: `${url} answers ${response.status} with ${answer}`,
    why: reasonOf(response.status),
    mend: mendOf(response.status),
    details,
  });
}

/** Whether a text that is not JSON may be the beginning of some. */
export function isCutJson(text: string): boolean {
  return /^\s*([[{]|$)/.test(text);
}

/** A connection that could not be made, broke, or took too long. */
export function brokenError(request: HttpRequest, cause: unknown, timeoutMs: number | null): HttpError {
  const url = safeUrl(request.url);
  if (timeoutMs !== null) {
    return new HttpError("HTTP_TIMEOUT", {
      what: `${url} has not answered in full within ${timeoutMs / 1000} s`,
      why: "the server or the way to it is too slow",
      mend: "try again later, or ask for less at once",
      details: { url, timeoutMs },
    });
  }
  return new HttpError("HTTP_UNREACHABLE", {
    what: `${url} cannot be read`,
    why: networkReason(cause),
    mend: "check the network and the URL, then try again",
    details: { url },
    cause,
  });
}

export function tooLargeError(request: HttpRequest, maxBytes: number): HttpError {
  const url = safeUrl(request.url);
  return new HttpError("HTTP_BODY_SIZE", {
    what: `${url} answers with more than ${maxBytes} bytes`,
    why: "so much was not to be expected",
    mend: "ask for less at once, and check the URL",
    details: { url, maxBytes },
  });
}

function reasonOf(status: number): string {
  if (status === 429) return "the server asks to be left alone for a while";
  if (status >= 500) return "the server is in trouble";
  if (status === 401 || status === 403) return "the server does not let us in";
  if (status === 404) return "there is nothing of that name";
  return "the server does not take the request";
}

function mendOf(status: number): string {
  if (status === 429 || status >= 500) return "try again later";
  if (status === 401 || status === 403) return "check whether the server needs credentials";
  if (status === 404) return "check the URL";
  return "check what is asked; the answer's first characters may say what is wrong with it";
}

/** Whether a connection fails for what stays: there is no such host, or its certificate is not to be trusted. */
export function staysBroken(cause: unknown): boolean {
  return /^(ENOTFOUND$|CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/.test(
    codeOf(cause) ?? "",
  );
}

function networkReason(cause: unknown): string {
  const code = codeOf(cause);
  return code === undefined ? "the connection broke off" : (known[code] ?? code);
}

/** The first code in a chain of causes, such as `ECONNRESET`. */
function codeOf(cause: unknown): string | undefined {
  for (let error = cause; error instanceof Error; error = error.cause) {
    const { code } = error as { code?: unknown };
    if (typeof code === "string") return code;
  }
  return undefined;
}

const known: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was closed",
  ENOTFOUND: "there is no host of that name",
  EAI_AGAIN: "the host's name cannot be looked up now",
  UND_ERR_SOCKET: "the connection broke off",
  UND_ERR_CONNECT_TIMEOUT: "no connection came about in time",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "the answer is not as long as announced",
  Z_DATA_ERROR: "the compressed answer is damaged",
  Z_BUF_ERROR: "the compressed answer breaks off",
  CERT_HAS_EXPIRED: "its certificate has expired",
};
