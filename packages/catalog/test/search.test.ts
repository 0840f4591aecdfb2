/** Searches against a server that pages, links, counts and filters as archives do. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogQuery, type CatalogQuery, type CatalogQueryOptions } from "../src/search/query.js";
import { searchCatalog, type SearchOptions } from "../src/search/search.js";
import { archive, granuleIds, sendPage, stacItem } from "./archive.js";
import { patience, sendJson, startServer, testServer, type Answer } from "./server.js";

const ids = granuleIds(10);
const items = ids.map((id) => stacItem(id));

function cmrQuery(url: string, more: CatalogQueryOptions = {}): CatalogQuery {
  const days = { start: "2024-01-01", end: "2024-01-31" };
  return createCatalogQuery({ url, shortName: "ATL06", version: "007", ...days, ...more });
}

async function found(
  url: string,
  more: CatalogQueryOptions = {},
  options: SearchOptions = {},
): Promise<readonly string[]> {
  const result = await searchCatalog(cmrQuery(url, more), { ...patience(), ...options });
  return result.items.map(({ id }) => id);
}

async function failure(url: string, more?: CatalogQueryOptions): Promise<unknown> {
  return found(url, more).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("CMR's STAC API", () => {
  it("is asked for collection, box and time, and read page by page, in order", async () => {
    const server = await testServer(archive(items));
    const steps: unknown[] = [];
    const options = { onProgress: (step: unknown) => steps.push(step) };
    expect(await found(server.url, { bbox: [-50, 60, -30, 70] }, options)).toEqual(ids);
    expect(server.received).toHaveLength(3);
    const { url } = server.received[0]!;
    expect(url.pathname).toBe("/NSIDC_CPRD/search");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      collections: "ATL06_007",
      bbox: "-50,60,-30,70",
      datetime: "2024-01-01T00:00:00Z/2024-01-31T23:59:59Z",
      limit: "2000",
    });
    expect(steps).toEqual([4, 8, 10].map((count, i) => ({ pages: i + 1, items: count, matched: null })));
  });

  it("is asked in two halves for a box across the antimeridian, each granule once", async () => {
    const server = await testServer(archive(items, 100));
    expect(await found(server.url, { bbox: [170, 60, -160, 70] })).toEqual(ids);
    expect(server.received.map(({ url }) => url.searchParams.get("bbox"))).toEqual([
      "170,60,180,70",
      "-180,60,-160,70",
    ]);
  });

  it("says what nothing was found for", async () => {
    const server = await testServer(archive([]));
    expect(await failure(server.url, { bbox: [-50, 60, -30, 70] })).toMatchObject({
      code: "CATALOG_NO_GRANULES",
      what: "No granules for ATL06_007 over [-50, 60, -30, 70] in 2024-01-01..2024-01-31",
    });
  });

  it("is not believed how many there are", async () => {
    const server = await testServer((request, response) =>
      sendPage(request, response, items, 4, {
        numberMatched: 3,
        numberReturned: 1000,
        context: { matched: 9 },
      }),
    );
    const { items: got, matched } = await searchCatalog(cmrQuery(server.url), patience());
    expect([got.length, matched]).toEqual([10, 3]);
  });

  it("ends at an empty page that still links on", async () => {
    const server = await testServer(({ url }, response) => {
      const page = Number(url.searchParams.get("page") ?? 0);
      const href = `${server.url}/search?page=${page + 1}`;
      sendJson(response, { features: page === 0 ? items : [], links: [{ rel: "next", href }] });
    });
    expect(await found(server.url)).toEqual(ids);
    expect(server.received).toHaveLength(2);
  });

  it.each([
    ["links to itself", () => ""],
    ["links on to the same granules for ever", (asked: number) => `?page=${asked}`],
  ])("that %s is an error, not a catalog", async (_how, query) => {
    const server = await testServer((_, response) => {
      const href = `${server.url}/NSIDC_CPRD/search${query(server.received.length)}`;
      sendJson(response, { features: items, links: [{ rel: "next", href }] });
    });
    expect(await failure(server.url)).toMatchObject({ code: "CATALOG_PAGE_LOOP" });
    expect(server.received.length).toBeLessThan(6);
  });

  it("that never ends is an error", async () => {
    const server = await testServer((_, response) => {
      const n = server.received.length;
      const href = `${server.url}/search?page=${n}`;
      sendJson(response, { features: [stacItem(`granule-${n}`)], links: [{ rel: "next", href }] });
    });
    const search = searchCatalog(cmrQuery(server.url), { ...patience(), maxItems: 20 });
    await expect(search).rejects.toMatchObject({ code: "CATALOG_TOO_MANY" });
  });

  it("that repeats granules across pages gives each once, and counts the others", async () => {
    const server = await testServer(archive([...items, ...items.slice(2, 5)]));
    const result = await searchCatalog(cmrQuery(server.url), patience());
    expect(result.items.map(({ id }) => id)).toEqual(ids);
    expect(result.duplicates).toBe(3);
  });

  it("that mixes in what is no granule loses none, and names what was left out", async () => {
    const broken = [
      { type: "Feature", id: 7 },
      null,
      { ...stacItem("bad-time"), properties: { datetime: "noon" } },
    ];
    const server = await testServer(archive([items[0], ...broken, items[1]], 2));
    const { items: got, problems } = await searchCatalog(cmrQuery(server.url), patience());
    expect(got.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(problems.map(({ id, error }) => [id, error.code])).toEqual([
      ["entry 1", "CATALOG_ITEM"],
      ["entry 2", "CATALOG_ITEM"],
      ["bad-time", "CATALOG_ITEM"],
    ]);
  });

  it.each([
    ["no object", []],
    ["an error in JSON", { errors: ["no"] }],
    ["a link to a file", { features: items, links: [{ rel: "next", href: "file:///etc/passwd" }] }],
    ["a link that is no text", { features: items, links: [{ rel: "next", href: 5 }] }],
  ])("that answers with %s is an error", async (_what, page) => {
    const server = await testServer((_, response) => sendJson(response, page));
    expect(await failure(server.url)).toMatchObject({ code: "CATALOG_PAGE" });
  });

  it("behind a proxy that writes http for https is followed over https", async () => {
    const asked: string[] = [];
    const fetch = (url: unknown): Promise<Response> => {
      asked.push(String(url));
      const links = [{ rel: "next", href: "http://archive.example/stac/next" }];
      const page = asked.length === 1 ? { features: items, links } : { features: [stacItem("last")] };
      return Promise.resolve(Response.json(page));
    };
    expect(
      await found("https://archive.example/stac", {}, { fetch: fetch as typeof globalThis.fetch }),
    ).toHaveLength(11);
    expect(asked[1]).toBe("https://archive.example/stac/next");
  });

  it("sends credentials to itself, and not where a link leads", async () => {
    const other = await testServer((_, response) => sendJson(response, { features: [stacItem("last")] }));
    const server = await testServer((_, response) => {
      const links = [
        {
          rel: "next",
          href: `${other.url}/next`,
          headers: { Authorization: "theirs", Cursor: "c", "X-Bad": "a\nb" },
        },
      ];
      sendJson(response, { features: items, links });
    });
    await found(server.url, {}, { headers: { Authorization: "Bearer ours" } });
    expect(server.received[0]?.headers.authorization).toBe("Bearer ours");
    expect(other.received[0]?.headers.authorization).toBeUndefined();
    expect(other.received[0]?.headers["cursor"]).toBe("c");
  });
});

describe("the whole answer", () => {
  const faults: Readonly<Record<string, Answer>> = {
    throttle: (_, response) => void response.writeHead(429, { "Retry-After": "3" }).end(),
    trouble: (_, response) => void response.writeHead(503).end("<html>busy</html>"),
    cut: (_, response) => {
      response.writeHead(200, { "Content-Length": "5000" });
      response.write('{"features":[{"type":"Feature","id":"ghost"}');
      setTimeout(() => response.destroy(), 1);
    },
    short: (_, response) => void response.end('{"features":[{"type":"Feature","id":"ghost"}'),
    drop: (_, response) => void response.destroy(),
  };

  it("comes once and in order, whatever the pages, repeats and faults that attempts are left for", async () => {
    const plans = fc.record({
      count: fc.integer({ min: 1, max: 30 }),
      pageSize: fc.integer({ min: 1, max: 12 }),
      faults: fc.array(fc.array(fc.constantFrom(...Object.keys(faults)), { maxLength: 5 }), { maxLength: 8 }),
      repeats: fc.boolean(),
    });
    let answer: Answer = () => undefined;
    const server = await startServer((request, response) => answer(request, response));
    try {
      await fc.assert(
        fc.asyncProperty(plans, async (plan) => {
          const all = granuleIds(plan.count);
          // With repeats every page begins with the last item of the page before.
          const step = plan.repeats ? plan.pageSize - 1 || 1 : plan.pageSize;
          const left = plan.faults.map((of) => [...of]);
          answer = ({ url }, response) => {
            const from = Number(url.searchParams.get("from") ?? 0);
            const fault = left[from / step]?.shift();
            if (fault !== undefined) return faults[fault]!({} as never, response);
            const features = all.slice(from, from + plan.pageSize).map((id) => stacItem(id));
            const href = `${server.url}/search?from=${from + step}`;
            const isLast = from + plan.pageSize >= all.length;
            sendJson(response, { features, links: isLast ? [] : [{ rel: "next", href }] });
          };
          expect(await found(server.url)).toEqual(all);
        }),
        { numRuns: 60 },
      );
    } finally {
      await server.close();
    }
  });
});

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
    expect(JSON.parse(searchParams.get("intersects") as string)).toEqual(small);
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
