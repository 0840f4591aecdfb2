/** Every code that this package throws. */
export const codes = {
  HTTP_BODY_SIZE: "A server's answer exceeds what was to be expected.",
  HTTP_CHANGED: "A file on a server is no longer the one that was read before.",
  HTTP_HEADER: "A header to be sent, such as credentials, has a character that headers do not have.",
  HTTP_INTERRUPTED: "A request was stopped before it had its answer.",
  HTTP_NOT_JSON:
    "A server answers with something other than JSON, such as a sign-in page, or with JSON that breaks off.",
  HTTP_RANGE:
    "A server answers with other bytes than those asked for, has not so many, or does not know of ranges.",
  HTTP_REDIRECTS: "A server redirects again and again.",
  HTTP_STATUS: "A server answers with an error, at every attempt if it is one that may pass.",
  HTTP_TIMEOUT: "A server has not answered in full within the time for one attempt.",
  HTTP_UNREACHABLE: "A server cannot be reached, or breaks off, at every attempt.",
  HTTP_URL: "A redirect leads from https to http, or to what is no URL of them.",
} as const;
