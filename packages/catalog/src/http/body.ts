/** The body of an answer as text, never more of it than a bound. */

/** The text, or how many bytes had come when the bound was passed. */
export type BodyText = { readonly text: string } | { readonly exceeded: number };

/** Reads as UTF-8. Rejects when the connection breaks. */
export async function readText(response: Response, maxBytes: number): Promise<BodyText> {
  if (response.body === null) return { text: "" };
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    if (bytes > maxBytes) {
      await reader.cancel().catch(() => undefined);
      return { exceeded: bytes };
    }
    parts.push(decoder.decode(value, { stream: true }));
  }
  parts.push(decoder.decode());
  return { text: parts.join("") };
}
