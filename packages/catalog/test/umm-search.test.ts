/** CMR's own granule search, whose pages follow one another by a header. */
import { describe, expect, it } from "vitest";
import { createCatalogQuery, type CatalogQuery } from "../src/search/query.js";
import { searchCatalog } from "../src/search/search.js";
import { granuleIds } from "./archive.js";
import { patience, sendJson, testServer, type Answer } from "./server.js";

const ids = granuleIds(7);

/** A granule as CMR writes it, with an orbit in place of a polygon. */
function entry(id: string): unknown {
  const orbit = {
    AscendingCrossing: -40.35812957405553,
    StartLatitude: 59.5,
    StartDirection: "A",
    EndLatitude: 80,
    EndDirection: "A",
  };
  return {
    meta: { "concept-id": `G${id}`, "native-id": id, "revision-date": "2024-02-01T00:00:00.000Z" },
    umm: {
      GranuleUR: `${id}.h5`,
      TemporalExtent: {
        RangeDateTime: {
          BeginningDateTime: "2024-01-05T00:00:00.000Z",
          EndingDateTime: "2024-01-05T00:05:00.000Z",
        },
      },
      SpatialExtent: { HorizontalSpatialDomain: { Orbit: orbit } },
      CollectionReference: { ShortName: "ATL06", Version: "007" },
      RelatedUrls: [{ URL: `https://archive.example/${id}.h5`, Type: "GET DATA" }],
    },
  };
}

function query(url: string): CatalogQuery {
  const days = { start: "2024-01-01", end: "2024-01-31" };
  const product = { shortName: "ATL06", version: "007", provider: "NSIDC_ECS" };
  return createCatalogQuery({ source: "umm-json", url, ...product, ...days, bbox: [-60, 55, -20, 85] });
}

const pages =
  (entries: readonly unknown[], size: number): Answer =>
  ({ headers }, response) => {
    const from = Number(headers["cmr-search-after"] ?? 0);
    const isLast = from + size >= entries.length;
    const after = isLast ? {} : { "CMR-Search-After": String(from + size) };
    sendJson(
      response,
      { hits: 1, items: entries.slice(from, from + size) },
      { "CMR-Hits": "9000", ...after },
    );
  };

describe("CMR's own search", () => {
  it("is asked for product, time and box, and read page by page, in order", async () => {
    const server = await testServer(pages(ids.map(entry), 3));
    const { items, matched, pages: count } = await searchCatalog(query(`${server.url}/search`), patience());
    expect(items.map(({ id }) => id)).toEqual(ids.map((id) => `${id}.h5`));
    expect([matched, count]).toEqual([9000, 3]);
    const { url } = server.received[0]!;
    expect(url.pathname).toBe("/search/granules.umm_json_v1_6_6");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      provider: "NSIDC_ECS",
      short_name: "ATL06",
      version: "007",
      "temporal[]": "2024-01-01T00:00:00Z,2024-01-31T23:59:59Z",
      "bounding_box[]": "-60,55,-20,85",
      page_size: "2000",
    });
    expect(server.received.map(({ headers }) => headers["cmr-search-after"])).toEqual([undefined, "3", "6"]);
  });

  it("gives orbits as footprints", async () => {
    const server = await testServer(pages([entry(ids[0]!)], 3));
    const { items } = await searchCatalog(query(server.url), patience());
    expect(items[0]?.geometry?.["type"]).toMatch(/Polygon$/);
  });

  it("that gives the same page again is an error", async () => {
    const server = await testServer((_, response) =>
      sendJson(response, { items: ids.map(entry) }, { "CMR-Search-After": "x" }),
    );
    await expect(searchCatalog(query(server.url), patience())).rejects.toMatchObject({
      code: "CATALOG_PAGE_LOOP",
    });
  });

  it.each([[[]], [{ errors: ["no"] }], [{ items: 5 }]])("that answers with %j is an error", async (page) => {
    const server = await testServer((_, response) => sendJson(response, page));
    await expect(searchCatalog(query(server.url), patience())).rejects.toMatchObject({
      code: "CATALOG_PAGE",
    });
  });

  it("names what is no granule, and keeps the others", async () => {
    const server = await testServer(pages([entry(ids[0]!), {}, entry(ids[1]!)], 2));
    const { items, problems } = await searchCatalog(query(server.url), patience());
    expect([items.length, problems.map(({ error }) => error.name)]).toEqual([2, ["CatalogError"]]);
  });

  it("is asked for what was revised since", async () => {
    const server = await testServer(pages([], 3));
    const options = { ...patience(), changedSince: "2024-03-01T00:00:00.000Z" };
    const result = await searchCatalog(query(server.url), options);
    expect([result.items, result.changedOnly]).toEqual([[], true]);
    expect(server.received[0]?.url.searchParams.get("revision_date[]")).toBe("2024-03-01T00:00:00.000Z,");
  });
});
