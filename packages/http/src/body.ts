/** The body of an answer as text or bytes, never more of it than a bound. */

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

/** Bytes of a body, and whether there were as many as asked for. */
export interface BodyBytes {
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
}

/** The `length` bytes after the first `skip`; what follows is not waited for. Rejects when the connection breaks. */
export async function readBytes(response: Response, skip: number, length: number): Promise<BodyBytes> {
  const bytes = new Uint8Array(length);
  if (response.body === null) return { bytes, isWhole: false };
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let at = -skip;
  while (at < length) {
    const { done, value } = await reader.read();
    if (done) break;
    const part = value.subarray(Math.max(0, -at), Math.max(0, length - at));
    bytes.set(part, Math.max(0, at));
    at += value.length;
  }
  await reader.cancel().catch(() => undefined);
  return { bytes, isWhole: at >= length };
}
