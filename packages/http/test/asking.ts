/** One request of a client that waits for nothing. */
import { createHttpClient } from "../src/client.js";
import { httpRequest } from "../src/request.js";
import type { HttpOptions } from "../src/options.js";
import { patience } from "./server.js";

export async function ask(url: string, options: HttpOptions = patience()): Promise<unknown> {
  const at = new URL(url);
  return (await createHttpClient(options).json(httpRequest(at, at.origin))).json;
}

/** The error that asking ends with. */
export async function failure(url: string, options?: HttpOptions): Promise<Record<string, unknown>> {
  const error = await ask(url, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error as Record<string, unknown>;
}
