/** Servers that redirect. */
import { describe, expect, it } from "vitest";
import { createHttpClient } from "../src/client.js";
import { httpRequest } from "../src/request.js";
import { ask, failure } from "./asking.js";
import { patience, sendJson, testServer } from "./server.js";

describe("redirects", () => {
  it("are followed, with method and body for a search", async () => {
    const server = await testServer(({ url }, response) => {
      if (url.pathname === "/new") return sendJson(response, { ok: true });
      response
        .writeHead(url.pathname === "/" ? 302 : 308, { Location: url.pathname === "/" ? "/old" : "/new" })
        .end();
    });
    const at = new URL(server.url);
    const request = httpRequest(at, at.origin, { method: "POST", body: "{}" });
    expect((await createHttpClient(patience()).json(request)).json).toEqual({ ok: true });
    expect(server.received.map(({ method, body }) => method + body)).toEqual(["POST{}", "POST{}", "POST{}"]);
  });

  it("ten thousand times are an error after a few", async () => {
    const server = await testServer(({ url }, response) => {
      const n = Number(url.searchParams.get("n") ?? 0);
      if (n >= 10_000) return sendJson(response, { ok: true });
      response.writeHead(302, { Location: `/?n=${n + 1}` }).end();
    });
    expect(await failure(server.url)).toMatchObject({
      code: "HTTP_REDIRECTS",
      details: { redirects: 10 },
    });
    expect(server.received).toHaveLength(11);
  });

  it("to another origin carry no credentials", async () => {
    const other = await testServer((_, response) => sendJson(response, { ok: true }));
    const server = await testServer((_, response) => {
      response.writeHead(307, { Location: `${other.url}/elsewhere` }).end();
    });
    const headers = { Authorization: "Bearer secret", "X-Api-Key": "secret" };
    const at = new URL(server.url);
    const request = httpRequest(at, at.origin, { headers: { "CMR-Search-After": "cursor" } });
    await createHttpClient({ ...patience(), headers }).json(request);
    expect(server.received[0]?.headers).toMatchObject({
      authorization: "Bearer secret",
      "x-api-key": "secret",
    });
    const reached = other.received[0]?.headers ?? {};
    expect(Object.keys(reached).filter((name) => /auth|api|cmr/.test(name))).toEqual([]);
    expect(reached["accept"]).toContain("json");
  });

  it.each(["http://127.0.0.1/", "ftp://127.0.0.1/", "data:application/json,{}"])(
    "from https to %s are refused",
    async (location) => {
      const fetch = (): Promise<Response> =>
        Promise.resolve(new Response(null, { status: 301, headers: { location } }));
      expect(await failure("https://archive.example/", { ...patience(), fetch })).toMatchObject({
        code: "HTTP_URL",
      });
    },
  );

  it("of a browser, which hides where they lead, are followed by the browser", async () => {
    const modes: unknown[] = [];
    const fetch = (_: unknown, init?: RequestInit): Promise<Response> => {
      modes.push(init?.redirect);
      const hidden = Object.defineProperty(new Response(null), "type", { value: "opaqueredirect" });
      return Promise.resolve(init?.redirect === "manual" ? hidden : Response.json({ ok: true }));
    };
    expect(await ask("https://archive.example/", { ...patience(), fetch })).toEqual({ ok: true });
    expect(modes).toEqual(["manual", undefined]);
  });
});
