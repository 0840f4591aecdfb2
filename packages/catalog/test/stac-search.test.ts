/** Searches of STAC APIs that say on their landing page what they can do. */
import { describe, expect, it } from "vitest";
import { createCatalogQuery, type CatalogQuery, type CatalogQueryOptions } from "../src/search/query.js";
import { searchCatalog } from "../src/search/search.js";
import { granuleIds, stacItem } from "./archive.js";
import { patience, sendJson, testServer } from "./server.js";

const ids = granuleIds(10);
const items = ids.map((id) => stacItem(id));

const square = (west: number, south: number, size = 4): unknown => ({
  type: "Polygon",
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
});
/** So small that its edges are straight on a flat map too. */
const small = square(9, 69, 0.1);

describe("any STAC API", () => {
  const conformsTo = ["https://api.stacspec.org/v1.0.0/core", "https://api.stacspec.org/v1.0.0/item-search"];
  const stac = (url: string, more: CatalogQueryOptions = {}): CatalogQuery =>
    createCatalogQuery({ source: "stac", url, collection: "landsat", ...more });

  it("is asked by POST where its landing page says so, and its links are followed with their bodies", async () => {
    const server = await testServer(({ method, url, body }, response) => {
      if (method === "GET") {
        const links = [
          { rel: "search", href: "/api/find", method: "GET" },
          { rel: "search", href: "/api/find", method: "POST" },
        ];
        return sendJson(response, { conformsTo, links });
      }
      const { token = 0 } = JSON.parse(body) as { token?: number };
      const next = { rel: "next", method: "POST", href: url.href, body: { token: token + 3 } };
      const links = [[{ ...next, merge: true }], [next], []][token / 3];
      sendJson(response, { features: items.slice(token, token + 3), links });
    });
    const result = await searchCatalog(
      stac(`${server.url}/api`, { area: small, end: "2024-01-31" }),
      patience(),
    );
    expect(result.items.map(({ id }) => id)).toEqual(ids.slice(0, 9));
    const query = {
      collections: ["landsat"],
      datetime: "../2024-01-31T23:59:59Z",
      limit: 500,
      intersects: small,
    };
    expect(server.received.slice(1).map(({ url, body }) => [url.pathname, JSON.parse(body)])).toEqual([
      ["/api/find", query],
      ["/api/find", { ...query, token: 3 }],
      ["/api/find", { token: 6 }],
    ]);
  });

  it("keeps the query where a POST link has no body", async () => {
    const server = await testServer(({ method, url }, response) => {
      if (method === "GET")
        return sendJson(response, {
          conformsTo,
          links: [{ rel: "search", href: "/search", method: "POST" }],
        });
      const next = { rel: "next", method: "POST", href: "/search?page=2" };
      sendJson(response, {
        features: url.search === "" ? items.slice(0, 5) : items.slice(5),
        links: url.search === "" ? [next] : [],
      });
    });
    expect((await searchCatalog(stac(server.url), patience())).items).toHaveLength(10);
    expect(server.received[2]?.body).toBe(server.received[1]?.body);
  });

  it("is asked by GET, with the geometry as text, where it has nothing else", async () => {
    const server = await testServer(({ url }, response) =>
      sendJson(response, url.pathname === "/" ? { conformsTo } : { features: items }),
    );
    await searchCatalog(stac(server.url, { area: small }), patience());
    const { searchParams } = server.received[1]!.url;
    expect(JSON.parse(searchParams.get("intersects")!)).toEqual(small);
    expect(searchParams.has("bbox")).toBe(false);
  });

  it.each([
    ["does not say that it takes a geometry", { conformsTo: [] }, 200],
    ["has no landing page", "<html>not here</html>", 404],
    ["takes no geometry after all", { conformsTo }, 200],
  ])("that %s is asked by box, and what is outside the area left out", async (_what, landing, status) => {
    const near = stacItem("near", 10, 70);
    const far = stacItem("far", 30, 70);
    const server = await testServer(({ url }, response) => {
      if (url.pathname === "/") {
        response.writeHead(status);
        return void response.end(typeof landing === "string" ? landing : JSON.stringify(landing));
      }
      if (url.searchParams.has("intersects")) return void response.writeHead(400).end("{}");
      sendJson(response, { features: [far, near] });
    });
    const result = await searchCatalog(stac(server.url, { area: square(9, 69) }), patience());
    expect([result.items.map(({ id }) => id), result.outside]).toEqual([["near"], 1]);
    const [west, south, east, north] = server.received
      .at(-1)!
      .url.searchParams.get("bbox")!
      .split(",")
      .map(Number);
    expect([west, south, east]).toEqual([9, 69, 13]);
    expect(north).toBeCloseTo(73.01, 2);
  });

  it("is asked by box for an area across the antimeridian, as its map may be flat", async () => {
    const server = await testServer(({ url }, response) =>
      sendJson(response, url.pathname === "/" ? { conformsTo } : { features: [stacItem("a", 179, 70)] }),
    );
    await searchCatalog(stac(server.url, { area: square(178, 69) }), patience());
    const boxes = server.received
      .slice(1)
      .map(({ url }) => url.searchParams.get("bbox")?.split(",").map(Number));
    expect(boxes.map((box) => [box?.[0], box?.[2]])).toEqual([
      [178, 180],
      [-180, -178],
    ]);
  });

  it("in trouble at its landing page is an error", async () => {
    const server = await testServer((_, response) => void response.writeHead(500).end());
    await expect(searchCatalog(stac(server.url), patience())).rejects.toMatchObject({
      code: "CATALOG_HTTP_STATUS",
    });
  });

  it.each([
    [
      "CQL2 in JSON",
      ["item-search#filter", "cql2-json"],
      {
        "filter-lang": "cql2-json",
        filter: { op: ">=", args: [{ property: "updated" }, { timestamp: "2024-03-01T00:00:00Z" }] },
      },
    ],
    ["the query extension", ["item-search#query"], { query: { updated: { gte: "2024-03-01T00:00:00Z" } } }],
  ])("is asked for changes alone by %s", async (_how, classes, fields) => {
    const server = await testServer(({ method }, response) =>
      method === "GET"
        ? sendJson(response, {
            conformsTo: classes.map((name) => `https://api.stacspec.org/v1.0.0/${name}`),
            links: [{ rel: "search", href: "/search", method: "POST" }],
          })
        : sendJson(response, { features: [] }),
    );
    const options = { ...patience(), changedSince: "2024-03-01T00:00:00Z" };
    const result = await searchCatalog(stac(server.url), options);
    expect([result.items, result.changedOnly]).toEqual([[], true]);
    expect(JSON.parse(server.received[1]!.body)).toMatchObject(fields);
  });

  it("that cannot tell what was changed is asked for everything", async () => {
    const server = await testServer(({ url }, response) =>
      sendJson(response, url.pathname === "/" ? {} : { features: items }),
    );
    const options = { ...patience(), changedSince: "2024-03-01T00:00:00Z" };
    const result = await searchCatalog(stac(server.url), options);
    expect([result.items.length, result.changedOnly]).toEqual([10, false]);
  });
});
