/** A query as CMR's granule search in UMM-JSON takes it; its pages follow one another by a header. */
import type { BoundingBox } from "@zagg/core";
import { httpRequest, type HttpRequest } from "@zagg/http";
import { catalogUrl } from "./client.js";
import { isObject } from "../assets.js";
import { readUmmEntries } from "../umm/umm.js";
import type { PageReader } from "./pages.js";
import type { CatalogQuery } from "./query.js";
import { plainBoxes } from "@zagg/sphere";
import { notAPage } from "./stac-pages.js";

const SEARCH_AFTER = "CMR-Search-After";

/** The first requests, one a box. @param since only granules revised at this moment or later */
export function planUmmSearch(
  query: CatalogQuery,
  pageSize: number,
  since: string | null,
): readonly HttpRequest[] {
  const root = catalogUrl(query.url, "the URL of the catalog");
  const boxes: readonly (BoundingBox | null)[] = query.bbox === null ? [null] : plainBoxes(query.bbox);
  return boxes.map((box) => {
    const url = new URL(root);
    url.pathname = `${root.pathname.replace(/\/+$/, "")}/granules.umm_json_v1_6_6`;
    const add = (name: string, value: string | null): void => {
      if (value !== null) url.searchParams.append(name, value);
    };
    add("provider", query.provider);
    add("short_name", query.shortName);
    add("version", query.version);
    add("temporal[]", `${query.start}T00:00:00Z,${query.end}T23:59:59Z`);
    add("bounding_box[]", box === null ? null : box.join(","));
    add("revision_date[]", since === null ? null : `${since},`);
    add("page_size", String(pageSize));
    return httpRequest(url, root.origin);
  });
}

/** Reads from the first request of a search on. */
export function ummPages(first: HttpRequest): PageReader {
  return {
    first,
    read({ json, headers }, request, firstIndex) {
      if (!isObject(json) || !Array.isArray(json["items"]))
        throw notAPage(request, "the list items is missing");
      const after = headers.get(SEARCH_AFTER);
      return {
        ...readUmmEntries(json["items"] as readonly unknown[], {}, firstIndex),
        matched: countOf(headers.get("CMR-Hits") ?? json["hits"]),
        next:
          after === null || after === ""
            ? null
            : { ...first, headers: { ...first.headers, [SEARCH_AFTER]: after } },
      };
    },
  };
}

function countOf(value: unknown): number | null {
  const count = value === null || value === undefined ? NaN : Number(value);
  return Number.isSafeInteger(count) && count >= 0 ? count : null;
}
