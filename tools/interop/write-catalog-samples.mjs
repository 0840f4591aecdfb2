// Writes catalogs that check_catalog.py opens, and the facts that it compares: node write-catalog-samples.mjs FOLDER
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { itemsFromUmm } from "@zagg/catalog";
import { writeCatalog } from "@zagg/catalog/fs";

const folder = process.argv[2];
const COUNT = 1000;
const ROW_GROUP_ROWS = 300;

/** Item number i; check_catalog.py has the same formulas. */
function item(i) {
  const lon = -180 + ((i * 0.35) % 359);
  const lat = -88 + ((i * 0.17) % 175);
  const ring = [
    [lon, lat],
    [lon + 1, lat],
    [lon + 1, lat + 1],
    [lon, lat + 1],
    [lon, lat],
  ];
  const polygon = { type: "Polygon", coordinates: [ring] };
  const geometries = [polygon, { type: "MultiPolygon", coordinates: [[ring], [ring]] }, null];
  return {
    id: `ATL06_${String(i).padStart(5, "0")}_é.h5`,
    collection: i % 5 === 0 ? null : "ATL06_006",
    geometry: geometries[i % 3],
    bbox: i % 3 === 2 ? null : [lon, lat, lon + 1, lat + 1],
    start: new Date(Date.UTC(2018, 9, 13) + i * 86_400_123).toISOString(),
    end: i % 7 === 0 ? null : "2026-01-01T00:00:00.123456Z",
    assets: {
      data: { href: `https://data.example.org/${i}.h5`, roles: ["data"] },
      ...(i % 2 === 0 ? { data_s3: { href: `s3://bucket/${i}.h5` } } : {}),
      ...(i % 4 === 0
        ? { metadata: { href: `${i}.xml`, roles: ["metadata", "overview"], type: "text/xml", title: "ISO" } }
        : {}),
    },
    updated: i % 2 === 0 ? "2021-11-23T06:14:29Z" : null,
    bytes: i % 2 === 0 ? 5_000_000_000 + i : null,
  };
}

const items = Array.from({ length: COUNT }, (_, i) => item(i));
const metadata = { source: "samples", short_name: "ATL06" };
await writeCatalog(join(folder, "items.parquet"), [items], { metadata, rowGroupRows: ROW_GROUP_ROWS });
await writeCatalog(join(folder, "empty.parquet"), [], { metadata });

const orbit = {
  AscendingCrossing: 175,
  StartLatitude: 79,
  StartDirection: "A",
  EndLatitude: 79,
  EndDirection: "D",
};
const umm = { GranuleUR: "A", SpatialExtent: { HorizontalSpatialDomain: { Orbit: orbit } } };
await writeCatalog(join(folder, "orbit.parquet"), [itemsFromUmm({ items: [{ umm }] }).items], { metadata });
writeFileSync(
  join(folder, "facts.json"),
  JSON.stringify({ count: COUNT, rowGroups: Math.ceil(COUNT / ROW_GROUP_ROWS), items }),
);
