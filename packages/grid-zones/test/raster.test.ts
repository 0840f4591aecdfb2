import { expect, it } from "vitest";
import { rasterize, type Raster } from "../src/raster.js";
import { polygonHolds, preparePolygon } from "../src/sphere/solid-polygon.js";
import { vectorOf } from "../src/sphere/unit-vector.js";

/** Few columns and many rows, so that arcs rise and fall by many rows within a column. */
const raster: Raster = { span: { west: -50, width: 100 }, south: -60, height: 120, columns: 7, rows: 600 };

it("takes a cell for whole or left out only when no arc is in it, where arcs have their highest and lowest places too", () => {
  const polygon = preparePolygon(
    [{ lonDeg: Float64Array.of(-45, 45, 47, -44), latDeg: Float64Array.of(-40, -42, 41, 40) }],
    "the test",
  );
  const found = new Map<number, boolean>();
  rasterize(polygon, raster, (cell, whole) => found.set(cell, whole));
  const { span, south, height, columns, rows } = raster;
  let wholes = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const whole = found.get(row * columns + column);
      if (whole === true) wholes++;
      if (whole === false) continue;
      for (let k = 0; k <= 40; k++) {
        const lon = span.west + ((column + k / 40) * span.width) / columns;
        const lat = south + ((row + 0.5) * height) / rows;
        expect(polygonHolds(polygon, lon, lat, ...vectorOf(lon, lat))).toBe(whole === true);
      }
    }
  }
  expect(wholes).toBeGreaterThan(columns);
});
