/** An archive on this machine that answers CMR's STAC API. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export type StacItem = Record<string, unknown> & { readonly id: string };

export interface Archive {
  readonly url: string;
  /** Paths and queries that were asked for, without the host. */
  readonly asked: readonly URL[];
  readonly userAgents: readonly (string | undefined)[];
  readonly authorizations: readonly (string | undefined)[];
  /** What it holds; may be changed between calls. */
  items: readonly StacItem[];
  /** Answers in place of the archive, once each, before anything else. */
  readonly faults: ((response: ServerResponse) => void)[];
  close(): Promise<void>;
}

const PAGE = 3;

/** An archive for one test. */
export async function testArchive(items: readonly StacItem[]): Promise<Archive> {
  const archive = await startArchive(items);
  onTestFinished(archive.close);
  return archive;
}

/** Gives its items three per page, whatever is asked for. */
export async function startArchive(items: readonly StacItem[]): Promise<Archive> {
  const asked: URL[] = [];
  const userAgents: (string | undefined)[] = [];
  const authorizations: (string | undefined)[] = [];
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const faults: Archive["faults"] = [];
  const archive = { items, faults, asked, userAgents, authorizations, url: "", close };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? "", archive.url);
    asked.push(url);
    userAgents.push(request.headers["user-agent"]);
    authorizations.push(request.headers.authorization);
    const fault = archive.faults.shift();
    if (fault !== undefined) return fault(response);
    if (url.pathname.endsWith("/granules.umm_json_v1_6_6")) return sendUmm(archive.items, url, response);
    if (!url.pathname.endsWith("/search")) return void response.writeHead(404).end("<html>none</html>");
    const from = Number(url.searchParams.get("from") ?? 0);
    const next = new URL(url);
    next.searchParams.set("from", String(from + PAGE));
    const links = from + PAGE < archive.items.length ? [{ rel: "next", href: next.href }] : [];
    const features = archive.items.slice(from, from + PAGE);
    response.writeHead(200, { "Content-Type": "application/geo+json" });
    response.end(JSON.stringify({ type: "FeatureCollection", features, links, numberMatched: 999 }));
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  archive.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/stac`;
  return archive;
}

/** All at once, as CMR's own search has them; with a revision date only those revised since. */
function sendUmm(items: readonly StacItem[], url: URL, response: ServerResponse): void {
  const since = url.searchParams.get("revision_date[]")?.replace(/,$/, "") ?? "";
  const entries = items.map(ummEntry).filter(({ meta }) => meta["revision-date"] >= since);
  response.writeHead(200, { "Content-Type": "application/json", "CMR-Hits": String(entries.length) });
  response.end(JSON.stringify({ hits: entries.length, items: entries }));
}

function ummEntry({ id, properties, geometry }: StacItem) {
  const { updated } = properties as { updated: string };
  const [ring] = (geometry as { coordinates: number[][][] }).coordinates;
  const points = ring!.map(([Longitude, Latitude]) => ({ Longitude, Latitude }));
  return {
    meta: { "concept-id": `G-${id}`, "revision-date": updated },
    umm: {
      GranuleUR: id,
      CollectionReference: { ShortName: "ATL06", Version: "007" },
      TemporalExtent: { SingleDateTime: "2024-01-05T00:00:00.000Z" },
      SpatialExtent: {
        HorizontalSpatialDomain: { Geometry: { GPolygons: [{ Boundary: { Points: points } }] } },
      },
      RelatedUrls: [{ URL: `https://archive.example/${id}.h5`, Type: "GET DATA" }],
    },
  };
}

/** A granule of a track, one degree wide. */
export function archivedGranule(
  track: number,
  version = "007_01",
  updated = "2024-02-01T00:00:00.000Z",
): StacItem {
  const id = `ATL06_20240105000000_${String(track).padStart(4, "0")}2203_${version}`;
  const west = track % 100;
  const ring = [
    [west, 70],
    [west + 1, 70],
    [west + 1, 71],
    [west, 71],
    [west, 70],
  ];
  return {
    type: "Feature",
    stac_version: "1.0.0",
    id,
    collection: "ATL06_007",
    geometry: { type: "Polygon", coordinates: [ring] },
    bbox: [west, 70, west + 1, 71],
    properties: { datetime: "2024-01-05T00:00:00.000Z", updated },
    assets: {
      data: { href: `https://archive.example/${id}.h5`, roles: ["data"] },
      s3: { href: `s3://archive/${id}.h5`, roles: ["data"] },
    },
    links: [],
  };
}
