/** Servers that throttle, break off, redirect and answer with something else. */
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { backoffMs, retryAfterMs } from "../src/backoff.js";
import { createHttpClient } from "../src/client.js";
import { safeExcerpt, safeUrl } from "../src/safe-text.js";
import { ask, failure } from "./asking.js";
import type { HttpOptions } from "../src/options.js";
import { patience, sendJson, testServer } from "./server.js";

describe("an answer", () => {
  it("is asked for by name, and unpacked", async () => {
    const server = await testServer((_, response) => {
      response.writeHead(200, { "Content-Encoding": "gzip", "Content-Type": "application/json" });
      response.end(gzipSync(JSON.stringify({ a: "é" })));
    });
    expect(await ask(server.url, { ...patience(), userAgent: "zagg/9.9.9 (test)" })).toEqual({ a: "é" });
    expect(server.received[0]?.headers["user-agent"]).toBe("zagg/9.9.9 (test)");
  });

  it("of HTML is an error with status, type and first characters, and is not asked for again", async () => {
    const server = await testServer((_, response) => {
      response.writeHead(200, { "Content-Type": "text/html" });
      response.end("<html>\n<title>Sign in</title>");
    });
    expect(await failure(server.url)).toMatchObject({
      code: "HTTP_NOT_JSON",
      details: { status: 200, contentType: "text/html", start: "<html> <title>Sign in</title>" },
    });
    expect(server.received).toHaveLength(1);
  });

  it("that is refused is an error at once, with what the server says", async () => {
    const server = await testServer((_, response) => {
      response.writeHead(400, { "Content-Type": "application/json" });
      response.end('{"errors":["limit is too large"]}');
    });
    const error = await failure(server.url);
    expect(error).toMatchObject({ code: "HTTP_STATUS", details: { status: 400 }, transient: undefined });
    expect(String(error["what"])).toContain("limit is too large");
    expect(server.received).toHaveLength(1);
  });

  it("larger than the bound is given up on while it comes", async () => {
    const server = await testServer((_, response) => {
      response.writeHead(200, { "Content-Encoding": "gzip" });
      response.end(gzipSync(JSON.stringify({ a: "x".repeat(1_000_000) })));
    });
    expect(await failure(server.url, { ...patience(), maxBytes: 100_000 })).toMatchObject({
      code: "HTTP_BODY_SIZE",
    });
    expect(server.received).toHaveLength(1);
  });
});

describe("another attempt", () => {
  it("is made after 429, no sooner than Retry-After says", async () => {
    const server = await testServer((_, response) => {
      if (server.received.length > 2) return sendJson(response, { ok: true });
      response.writeHead(429, server.received.length === 1 ? { "Retry-After": "7" } : {});
      response.end();
    });
    const options = patience();
    expect(await ask(server.url, options)).toEqual({ ok: true });
    expect(options.waits).toEqual([7_000, 1_000]);
    expect(options.retries.map(({ code, attempt }) => [code, attempt])).toEqual([
      ["HTTP_STATUS", 1],
      ["HTTP_STATUS", 2],
    ]);
  });

  it.each([408, 425, 500, 502, 503, 504])("is made after %d", async (status) => {
    const server = await testServer((_, response) => {
      if (server.received.length > 1) return sendJson(response, { ok: true });
      response.writeHead(status).end("<html>busy</html>");
    });
    expect(await ask(server.url)).toEqual({ ok: true });
  });

  it("is made after a connection that breaks off in the middle, a body cut short, no answer, and no body", async () => {
    const server = await testServer((_, response) => {
      switch (server.received.length) {
        case 1:
          response.writeHead(200, { "Content-Length": "1000" });
          response.write('{"ok":');
          return void setTimeout(() => response.destroy(), 10);
        case 2:
          return void response.end('{"ok": tr');
        case 3:
          return void response.destroy();
        case 4:
          return void response.end();
        default:
          return sendJson(response, { ok: true });
      }
    });
    const options = patience();
    expect(await ask(server.url, options)).toEqual({ ok: true });
    expect(options.retries.map(({ code }) => code)).toEqual([
      "HTTP_UNREACHABLE",
      "HTTP_NOT_JSON",
      "HTTP_UNREACHABLE",
      "HTTP_NOT_JSON",
    ]);
  });

  it("is made after a body that comes too slowly", async () => {
    const server = await testServer((_, response) => {
      if (server.received.length > 1) return sendJson(response, { ok: true });
      response.writeHead(200);
      const timer = setInterval(() => response.write(" "), 5);
      response.on("close", () => clearInterval(timer));
    });
    const options = { ...patience(), timeoutMs: 100 };
    expect(await ask(server.url, options)).toEqual({ ok: true });
    expect(options.retries.map(({ code }) => code)).toEqual(["HTTP_TIMEOUT"]);
  });

  it("is not needed when the time for one is longer than timers can be set", async () => {
    const server = await testServer((_, response) => sendJson(response, { ok: true }));
    expect(await ask(server.url, { ...patience(), attempts: 1, timeoutMs: 1e12 })).toEqual({ ok: true });
  });

  it("is made as often as agreed, and the error says so", async () => {
    const server = await testServer((_, response) => void response.writeHead(503).end());
    const options = { ...patience(), attempts: 4 };
    expect(await failure(server.url, options)).toMatchObject({
      code: "HTTP_STATUS",
      details: { status: 503, attempts: 4 },
      transient: true,
    });
    expect(server.received).toHaveLength(4);
    expect(options.waits).toEqual([500, 1_000, 2_000]);
  });

  it("may end otherwise a little later, unless there is no such host or it is not to be trusted", async () => {
    const breaking = (code: string) => () =>
      Promise.reject(new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) }));
    const endsWith = (options: HttpOptions) =>
      failure("https://host.example/", { ...patience(), attempts: 2, ...options });
    for (const code of ["ECONNRESET", "ECONNREFUSED", "EAI_AGAIN", "UND_ERR_SOCKET"])
      expect(await endsWith({ fetch: breaking(code) }), code).toMatchObject({ transient: true });
    for (const code of ["ENOTFOUND", "CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT"])
      expect((await endsWith({ fetch: breaking(code) }))["transient"], code).toBeUndefined();
    const silent: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(new Error())));
    expect(await endsWith({ fetch: silent, timeoutMs: 5 })).toMatchObject({
      code: "HTTP_TIMEOUT",
      transient: true,
    });
  });

  it("is not waited for when the server asks for longer than agreed", async () => {
    const server = await testServer((_, response) => {
      response.writeHead(503, { "Retry-After": "Mon, 01 Jan 2024 01:00:00 GMT" }).end();
    });
    const options = patience();
    const error = await failure(server.url, options);
    expect(error).toMatchObject({ code: "HTTP_STATUS", details: { attempts: 1 } });
    expect(String(error["why"])).toContain("come again in 3600 s");
    expect(options.waits).toEqual([]);
  });

  it("waits a random part of a span that doubles up to half a minute", () => {
    expect([1, 2, 3, 6, 20].map((attempt) => backoffMs(attempt, 1))).toEqual([
      1_000, 2_000, 4_000, 30_000, 30_000,
    ]);
    expect(backoffMs(5, 0)).toBe(0);
  });

  it("takes no Retry-After for what is none", () => {
    expect([null, "soon", ""].map((text) => retryAfterMs(text, 0))).toEqual([null, null, null]);
    expect(retryAfterMs("Thu, 01 Jan 1970 00:00:05 GMT", 9_000)).toBe(0);
  });
});

describe("an interruption", () => {
  it.each([
    ["before the request", 0],
    ["while the answer comes", 1],
    ["while waiting for another attempt", 2],
  ])("%s ends the search at once", async (_when, moment) => {
    const controller = new AbortController();
    const stop = (): void => controller.abort();
    const server = await testServer((_, response) => {
      if (moment === 1) {
        response.writeHead(200);
        response.write("{");
        setTimeout(stop, 10);
      } else response.writeHead(503, { "Retry-After": "60" }).end();
    });
    if (moment === 0) stop();
    const onRetry = (): void => void setTimeout(stop, 10);
    expect(await failure(server.url, { signal: controller.signal, onRetry })).toMatchObject({
      code: "HTTP_INTERRUPTED",
    });
    expect(server.received).toHaveLength(moment === 0 ? 0 : 1);
  });
});

describe("messages", () => {
  it("show no query, credential or control character", async () => {
    const token = "abcdefgh12345678";
    const server = await testServer(({ headers }, response) => {
      response.writeHead(403, { "Content-Type": "text/plain" });
      response.end(
        `denied ${headers.authorization?.slice(7)} for https://b.example/x?X-Amz-Signature=beef\u001b[31m /y?token=${token}`,
      );
    });
    const options = { ...patience(), headers: { Authorization: `Bearer ${token}` } };
    const error = await failure(`${server.url}/search?signature=beef`, options);
    const text = JSON.stringify(error);
    for (const secret of [token, "beef", "\\u001b"]) expect(text).not.toContain(secret);
    expect(error["what"]).toContain("denied *** for https://b.example/x?***");
  });

  it("show where a URL leads and nothing else of it", () => {
    expect(safeUrl("https://user:password@host:8080/path?query=1#x")).toBe("https://host:8080/path");
    expect(safeUrl("no url")).toBe("(not a URL)");
    expect(safeExcerpt(`s3://key:secret@bucket/a?b ${"x".repeat(500)}`)).toHaveLength(160);
  });
});

describe("a header", () => {
  it("that cannot be sent is an error that does not show it", () => {
    const make = (): unknown => createHttpClient({ headers: { Authorization: "Bearer secret\nnext" } });
    expect(make).toThrow(expect.objectContaining({ code: "HTTP_HEADER" }));
    expect(make).not.toThrow(/secret/);
  });
});

describe("a server out of reach", () => {
  it("is an error that says what is the matter", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    expect(await failure(`http://127.0.0.1:${port}/`)).toMatchObject({
      code: "HTTP_UNREACHABLE",
      why: "nothing listens there, at 6 attempts",
    });
  });
});
