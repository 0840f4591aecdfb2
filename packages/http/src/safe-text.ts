/** What of a URL, or of a server's answer, may be shown: never a query, which may be signed, and never a credential. */

const SHOWN_CHARACTERS = 160;
/** Far more than is shown, so that no secret is cut in two where it could not be told any more. */
const LOOKED_AT_CHARACTERS = 65_536;
/** A shorter word, such as a scheme's name or a digit, tells nothing when it is part of an answer. */
const LEAST_SECRET = 8;

/** The URL without credentials, query and fragment. */
export function safeUrl(url: string | URL): string {
  const parsed = typeof url === "string" ? parseUrl(url) : url;
  if (parsed === undefined) return "(not a URL)";
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}

/** The URL, resolved against a base; undefined when it is none. */
export function parseUrl(url: string, base?: URL): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}

/** The first characters of an answer on one line, with URLs cut at their query and the secrets blanked. */
export function safeExcerpt(text: string, secrets: readonly string[] = []): string {
  let shown = text.slice(0, LOOKED_AT_CHARACTERS);
  for (const secret of secrets) if (secret.length >= LEAST_SECRET) shown = shown.replaceAll(secret, "***");
  shown = shown
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s"'<>/@]*@/gi, "$1")
    .replace(/(\/[^\s"'<>?]*)\?[^\s"'<>]*/g, "$1?***")
    .replace(/\bBearer\s+[\w.~+/=-]+/gi, "Bearer ***")
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ")
    .replace(/ {2,}/g, " ")
    .trim();
  return shown.length > SHOWN_CHARACTERS ? `${shown.slice(0, SHOWN_CHARACTERS - 1)}…` : shown;
}
