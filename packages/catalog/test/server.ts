/** A real HTTP server on this machine, for one test. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { HttpOptions, Retry } from "@zagg/http";

/** A request as it came in. */
export interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export type Answer = (request: Received, response: ServerResponse) => void;

export interface TestServer {
  readonly url: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

export async function startServer(answer: Answer): Promise<TestServer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", headers } = request;
      const url = new URL(request.url ?? "", `http://${headers.host}`);
      const seen = { method, url, headers, body: Buffer.concat(chunks).toString() };
      received.push(seen);
      answer(seen, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, close };
}

/** A server that is closed when the test is over. */
export async function testServer(answer: Answer): Promise<TestServer> {
  const server = await startServer(answer);
  onTestFinished(server.close);
  return server;
}

export function sendJson(
  response: ServerResponse,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(200, { "Content-Type": "application/geo+json", ...headers });
  response.end(JSON.stringify(value));
}

/** Options of a client that waits for nothing and remembers what it would have waited for. */
export function patience(): HttpOptions & { readonly waits: number[]; readonly retries: Retry[] } {
  const waits: number[] = [];
  const retries: Retry[] = [];
  return {
    waits,
    retries,
    random: () => 0.5,
    now: () => Date.UTC(2024, 0, 1),
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    onRetry: (retry) => retries.push(retry),
  };
}
