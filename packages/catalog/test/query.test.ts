/** What may be asked, and what is kept of it. */
import { describe, expect, it } from "vitest";
import { cycleDates } from "../src/search/cycle.js";
import {
  createCatalogQuery,
  queryFromMetadata,
  queryMetadata,
  type CatalogQueryOptions,
} from "../src/search/query.js";

const asked: CatalogQueryOptions = {
  shortName: "ATL06",
  version: "007",
  start: "2024-01-01",
  end: "2024-01-31",
};

function codeOf(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

describe("a cycle", () => {
  it.each([
    [1, "2018-10-13", "2019-01-12"],
    [2, "2019-01-12", "2019-04-13"],
    [22, "2024-01-06", "2024-04-06"],
  ])("%d lasts 91 days", (cycle, start, end) => {
    expect(cycleDates(cycle)).toEqual({ start, end });
  });

  it.each([0, -1, 1.5, NaN])("%d is none", (cycle) => {
    expect(codeOf(() => cycleDates(cycle))).toBe("CATALOG_QUERY");
  });
});

describe("a query", () => {
  it.each<[string, CatalogQueryOptions, string]>([
    ["without a product", { shortName: undefined }, "CATALOG_QUERY"],
    ["of a product with a space", { shortName: "ATL 06" }, "CATALOG_QUERY"],
    ["without a version", { version: undefined }, "CATALOG_QUERY"],
    ["without a last day", { end: undefined }, "CATALOG_QUERY"],
    ["of a day that there is not", { end: "2024-02-30" }, "CATALOG_QUERY"],
    ["of a day written otherwise", { start: "1 January" }, "CATALOG_QUERY"],
    ["that ends before it begins", { end: "2023-12-31" }, "CATALOG_QUERY"],
    ["with a box and an area", { bbox: [0, 0, 1, 1], area: {} }, "CATALOG_QUERY"],
    ["with a box upside down", { bbox: [0, 10, 1, 1] }, "REGION_BBOX_REVERSED"],
    ["with a latitude of 91", { bbox: [0, 10, 1, 91] }, "REGION_COORDINATE"],
    ["with an area that is none", { area: { type: "Point", coordinates: [0, 0] } }, "REGION_NOT_GEOJSON"],
    ["at a file", { url: "file:///etc/passwd" }, "CATALOG_URL"],
    ["of a STAC API without its URL", { source: "stac", collection: "c" }, "CATALOG_QUERY"],
    ["of a STAC API without a collection", { source: "stac", url: "https://h" }, "CATALOG_QUERY"],
  ])("%s is refused", (_what, change, code) => {
    expect(codeOf(() => createCatalogQuery({ ...asked, ...change }))).toBe(code);
  });

  it("is kept with the catalog, and comes back as it was", () => {
    const area = {
      type: "Feature",
      geometry: {
        type: "MultiPolygon",
        coordinates: [
          [
            [
              [0, 70],
              [1, 70],
              [1, 71],
            ],
          ],
        ],
      },
    };
    for (const more of [{ bbox: [170, 60, -170, 70] } as const, { area }, {}]) {
      const query = createCatalogQuery({ ...asked, ...more });
      const metadata = queryMetadata(query, 5, "2024-03-01T00:00:00Z");
      expect(queryFromMetadata(JSON.parse(JSON.stringify(metadata)) as never)).toEqual(query);
    }
  });

  it("keeps what the original keeps, and no signature", () => {
    const url = "https://archive.example/stac?token=secret";
    const query = createCatalogQuery({ ...asked, url, bbox: [-50, 60, -30, 70] });
    expect(queryMetadata(query, 5, "2024-03-01T00:00:00Z")).toEqual({
      source: "cmr-stac",
      provider: "NSIDC_CPRD",
      collection: "ATL06_007",
      short_name: "ATL06",
      version: "007",
      start_date: "2024-01-01",
      end_date: "2024-01-31",
      bbox: [-50, 60, -30, 70],
      url: "https://archive.example/stac",
      queried_at: "2024-03-01T00:00:00Z",
      total_granules: 5,
    });
  });

  it("of a catalog that the original saved can be asked again", () => {
    const query = queryFromMetadata({
      source: "CMR atom (granules.json), CMR-STAC-equivalent items",
      provider: "NSIDC_CPRD",
      collection: "ATL03_007",
      short_name: "ATL03",
      version: "007",
      start_date: "2018-10-13",
      end_date: "2026-03-15",
      bbox: [-76.623291, 38.842973, -76.506054, 38.934599],
      preserve_thumbnails: false,
      total_granules: 555867,
    });
    expect(query).toMatchObject({
      source: "cmr-stac",
      collection: "ATL03_007",
      bbox: [-76.623291, 38.842973, -76.506054, 38.934599],
    });
  });

  it("of a catalog that says nothing cannot", () => {
    expect(codeOf(() => queryFromMetadata({ source: "files" }))).toBe("CATALOG_QUERY_UNKNOWN");
    expect(codeOf(() => queryFromMetadata({}))).toBe("CATALOG_QUERY_UNKNOWN");
  });
});
