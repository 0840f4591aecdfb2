import { expect, it } from "vitest";
import { rasterize, type Raster } from "../src/raster.js";
import { polygonHolds, preparePolygon } from "../src/sphere/solid-polygon.js";
import { vectorOf } from "@zagg/sphere";
import { wrapLongitude } from "../src/sphere/longitude.js";

/** Few columns and many rows, so that arcs rise and fall by many rows within a column. */
const size = { south: -60, height: 120, columns: 9, rows: 3000 };
const part: Raster = { span: { west: -50, width: 100 }, ...size };
const circle: Raster = { span: { west: -180, width: 360 }, ...size };

it.each([
  ["in a part of the circle", part, 0],
  ["where the circle begins", circle, 180],
  ["elsewhere on the circle", circle, 0],
])(
  "takes a cell for whole or left out only when no arc is in it, be it the highest place of one, %s",
  (_, raster, turn) => {
    const lonDeg = Float64Array.of(-45, 45, 47, -44).map((lon) => lon + turn);
    const polygon = preparePolygon([{ lonDeg, latDeg: Float64Array.of(-40, -42, 41, 40) }], "the test");
    const found = new Map<number, boolean>();
    rasterize(polygon, raster, (cell, whole) => found.set(cell, whole));
    const { span, south, height, columns, rows } = raster;
    const wrong: [lon: number, lat: number][] = [];
    for (let cell = 0; cell < columns * rows; cell++) {
      const whole = found.get(cell);
      if (whole === false) continue;
      for (let k = 0; k < 40; k++) {
        const lon = wrapLongitude(span.west + (((cell % columns) + (k + 0.5) / 40) * span.width) / columns);
        const lat = south + ((Math.floor(cell / columns) + 0.5) * height) / rows;
        if (polygonHolds(polygon, lon, lat, ...vectorOf(lon, lat)) !== (whole === true))
          wrong.push([lon, lat]);
      }
    }
    expect(wrong).toEqual([]);
    expect([...found.values()].filter((whole) => whole).length).toBeGreaterThan(rows / 2);
  },
);
