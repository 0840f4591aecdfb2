/** What goes wrong on the way to a catalog, in the words of catalogs. */
import { describe, expect, it } from "vitest";
import { httpRequest } from "@zagg/http";
import { catalogUrl, createCatalogClient } from "../src/search/client.js";
import { patience, sendJson, testServer } from "./server.js";

const ask = (url: string, options = patience()): Promise<unknown> => {
  const at = new URL(url);
  return createCatalogClient(options).json(httpRequest(at, at.origin));
};

describe("a catalog's client", () => {
  it("tells of errors with the codes and the mends of catalogs", async () => {
    const server = await testServer((_, response) => response.writeHead(404).end("nothing"));
    await expect(ask(server.url)).rejects.toMatchObject({
      name: "CatalogError",
      code: "CATALOG_HTTP_STATUS",
      mend: "check the URL of the catalog, its provider and its collection",
      details: { status: 404 },
    });
    expect(server.received[0]?.headers["user-agent"]).toBe("zagg (granule catalog client)");
  });

  it("tells of retries with them too", async () => {
    const server = await testServer((_, response) =>
      server.received.length === 1 ? void response.writeHead(503).end() : sendJson(response, {}),
    );
    const options = patience();
    await ask(server.url, options);
    expect(options.retries.map(({ code }) => code)).toEqual(["CATALOG_HTTP_STATUS"]);
  });

  it("refuses a header that cannot be sent without showing it", () => {
    const make = (): unknown => createCatalogClient({ headers: { Authorization: "Bearer secret\nnext" } });
    expect(make).toThrow(expect.objectContaining({ name: "ConfigError", code: "CATALOG_HEADER" }));
    expect(make).not.toThrow(/secret/);
  });

  it.each(["file:///etc/passwd", "archive", "https://user:password@host/"])("%s is not asked", (url) => {
    expect(() => catalogUrl(url, "the URL")).toThrow(expect.objectContaining({ code: "CATALOG_URL" }));
    expect(() => catalogUrl(url, "the URL")).not.toThrow(/password@/);
  });
});
