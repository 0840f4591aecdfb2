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
