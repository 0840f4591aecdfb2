/** A small archive and the pages that its search gives. */
import type { ServerResponse } from "node:http";
import { sendJson, type Answer, type Received } from "./server.js";

/** An item as CMR's STAC API writes it. */
export function stacItem(id: string, west = 10, south = 70): Record<string, unknown> {
  const ring = [
    [west, south],
    [west + 1, south],
    [west + 1, south + 1],
    [west, south + 1],
    [west, south],
  ];
  return {
    type: "Feature",
    stac_version: "1.0.0",
    id,
    collection: "ATL06_007",
    geometry: { type: "Polygon", coordinates: [ring] },
    bbox: [west, south, west + 1, south + 1],
    properties: {
      datetime: "2024-01-05T00:00:00.000Z",
      start_datetime: "2024-01-05T00:00:00.000Z",
      end_datetime: "2024-01-05T00:05:00.000Z",
      updated: "2024-02-01T00:00:00.000Z",
    },
    assets: {
      "001/data": { href: `https://archive.example/${id}.h5`, roles: ["data"] },
      "s3/data": { href: `s3://archive/${id}.h5`, roles: ["data"] },
    },
    links: [],
  };
}

/** Names as the archive gives them, one per track. */
export function granuleId(track: number, version = "007_01"): string {
  return `ATL06_20240105000000_${String(track).padStart(4, "0")}2203_${version}`;
}

export function granuleIds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => granuleId(i + 1));
}

/** Answers a search with some of the items from `page` on, and a link to what follows. */
export function sendPage(
  { url }: Received,
  response: ServerResponse,
  items: readonly unknown[],
  pageSize: number,
  extra: Record<string, unknown> = {},
): void {
  const from = Number(url.searchParams.get("from") ?? 0);
  const next = new URL(url);
  next.searchParams.set("from", String(from + pageSize));
  const links = from + pageSize < items.length ? [{ rel: "next", href: next.href }] : [];
  sendJson(response, {
    type: "FeatureCollection",
    features: items.slice(from, from + pageSize),
    links,
    ...extra,
  });
}

/** A search that gives every item, whatever it is asked for. */
export function archive(items: readonly unknown[], pageSize = 4): Answer {
  return (request, response) => sendPage(request, response, items, pageSize);
}
