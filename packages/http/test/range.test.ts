/** Ranges from servers that know of them, that do not, and that are mistaken. */
import { gzipSync } from "node:zlib";
import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { createHttpClient, type HttpOptions, type RangeAnswer } from "../src/index.js";
import { patience, testServer, type Received } from "./server.js";

const FILE = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const ETAG = '"v1"';

/** A server of one file as the standard has it. */
function serve({ headers }: Received, response: ServerResponse): void {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "") ?? [];
  if (headers["if-match"] !== undefined && headers["if-match"] !== ETAG) {
    return void response.writeHead(412).end();
  }
  if (Number(first) >= FILE.length) {
    return void response.writeHead(416, { "Content-Range": `bytes */${FILE.length}` }).end();
  }
  const stop = Math.min(Number(last) + 1, FILE.length);
  const range = `bytes ${first}-${stop - 1}/${FILE.length}`;
  response.writeHead(206, { "Content-Range": range, ETag: ETAG });
  response.end(FILE.subarray(Number(first), stop));
}

async function ask(
  url: string,
  start: number,
  stop: number,
  more: { etag?: string; options?: HttpOptions } = {},
): Promise<RangeAnswer> {
  const at = new URL(url);
  const { etag = null, options = patience() } = more;
  return createHttpClient(options).range({ url: at, trustedOrigin: at.origin, start, stop, etag });
}

describe("a range", () => {
  it("is asked for unpacked, and given to the byte with etag and size", async () => {
    const server = await testServer(serve);
    expect(await ask(server.url, 100, 107)).toEqual({
      bytes: FILE.slice(100, 107),
      etag: ETAG,
      size: 1000,
      isPartial: true,
    });
    expect(server.received[0]?.headers).toMatchObject({
      range: "bytes=100-106",
      "accept-encoding": "identity",
    });
    expect((await ask(server.url, 999, 1000)).bytes).toEqual(FILE.slice(999));
  });

  it("that ends beyond the file, or begins there, is refused with the file's size", async () => {
    const server = await testServer(serve);
    for (const [start, stop] of [
      [999, 1001],
      [1000, 1001],
      [5000, 5001],
    ] as const) {
      await expect(ask(server.url, start, stop)).rejects.toMatchObject({
        code: "HTTP_RANGE",
        why: "it has 1000 bytes",
      });
    }
  });

  it.each([
    [5, 5],
    [6, 5],
    [-1, 3],
    [0.5, 3],
  ])("%d to %d is none", async (start, stop) => {
    await expect(ask("http://127.0.0.1/", start, stop)).rejects.toBeInstanceOf(RangeError);
  });

  it("of a file with another etag is refused", async () => {
    const server = await testServer(serve);
    expect((await ask(server.url, 0, 4, { etag: ETAG })).bytes).toEqual(FILE.slice(0, 4));
    await expect(ask(server.url, 0, 4, { etag: '"v0"' })).rejects.toMatchObject({ code: "HTTP_CHANGED" });
    // A weak etag may not be sent as a condition, so the answer's is looked at.
    await expect(ask(server.url, 0, 4, { etag: 'W/"v0"' })).rejects.toMatchObject({ code: "HTTP_CHANGED" });
    expect(server.received.at(-1)?.headers["if-match"]).toBeUndefined();
  });

  it("is cut out of the file that a server without ranges sends", async () => {
    const server = await testServer((_, response) => void response.writeHead(200).end(FILE));
    expect(await ask(server.url, 300, 310)).toMatchObject({ bytes: FILE.slice(300, 310), isPartial: false });
    await expect(ask(server.url, 2 ** 30, 2 ** 30 + 1)).rejects.toMatchObject({ code: "HTTP_RANGE" });
  });

  it("of other bytes than were asked for is refused", async () => {
    for (const range of ["bytes 101-107/1000", "bytes 100-105/1000", "items 100-106/1000", undefined]) {
      const server = await testServer((_, response) => {
        response.writeHead(206, range === undefined ? {} : { "Content-Range": range });
        response.end(FILE.subarray(100, 107));
      });
      await expect(ask(server.url, 100, 107)).rejects.toMatchObject({ code: "HTTP_RANGE" });
    }
  });

  it("that comes packed is refused", async () => {
    const server = await testServer((_, response) => {
      response.writeHead(206, { "Content-Range": "bytes 0-9/1000", "Content-Encoding": "gzip" });
      response.end(gzipSync(FILE.subarray(0, 10)));
    });
    await expect(ask(server.url, 0, 10)).rejects.toMatchObject({ code: "HTTP_RANGE" });
  });

  it("that breaks off, or is asked of a busy server, is asked for again", async () => {
    const server = await testServer((request, response) => {
      const n = server.received.length;
      if (n === 1) return void response.writeHead(503, { "Retry-After": "3" }).end();
      if (n > 2) return serve(request, response);
      response.writeHead(206, { "Content-Range": "bytes 0-99/1000", "Content-Length": "100" });
      response.write(FILE.subarray(0, 40));
      setTimeout(() => response.destroy(), 20);
    });
    const options = patience();
    expect((await ask(server.url, 0, 100, { options })).bytes).toEqual(FILE.slice(0, 100));
    expect(options.retries.map(({ code }) => code)).toEqual(["HTTP_STATUS", "HTTP_UNREACHABLE"]);
    expect(options.waits[0]).toBe(3000);
  });

  it("that is refused shows no secret of the URL", async () => {
    const server = await testServer((_, response) => void response.writeHead(403).end("no"));
    const failure = await ask(`${server.url}/a?token=hidden-secret`, 0, 1).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "HTTP_STATUS", details: { status: 403 } });
    expect(JSON.stringify(failure) + String(failure)).not.toContain("hidden-secret");
  });

  it("keeps its conditions and its range on the way to another place", async () => {
    const other = await testServer(serve);
    const server = await testServer((_, response) => {
      response.writeHead(302, { Location: `${other.url}/there` }).end();
    });
    const options = { ...patience(), headers: { Authorization: "Bearer hidden" } };
    expect((await ask(server.url, 3, 9, { options })).bytes).toEqual(FILE.slice(3, 9));
    expect(server.received[0]?.headers.authorization).toBe("Bearer hidden");
    expect(other.received[0]?.headers).toMatchObject({ range: "bytes=3-8" });
    expect(other.received[0]?.headers.authorization).toBeUndefined();
  });

  it("is not waited for when it is no longer wanted", async () => {
    const controller = new AbortController();
    const server = await testServer(() => controller.abort());
    const options = { ...patience(), signal: controller.signal };
    await expect(ask(server.url, 0, 9, { options })).rejects.toMatchObject({ code: "HTTP_INTERRUPTED" });
  });
});
