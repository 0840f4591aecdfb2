import { bench, describe } from "vitest";
import { zones } from "./index.js";

const COUNT = 200_000;
const options = { warmupIterations: 2, iterations: 5, time: 500 };

/** A coast: a circle around a place whose radius shakes at every scale. */
function coast(vertices: number, lon: number, lat: number, radiusDeg: number): number[][] {
  return Array.from({ length: vertices }, (_, k) => {
    const turn = (2 * Math.PI * k) / vertices;
    let radius = 1;
    for (let octave = 3; octave < vertices / 8; octave *= 2)
      radius += Math.sin(octave * turn + octave) / octave;
    return [
      lon + (radiusDeg * radius * Math.cos(turn)) / Math.cos((lat * Math.PI) / 180),
      lat + radiusDeg * radius * Math.sin(turn),
    ];
  });
}

function collection(rings: readonly number[][][]) {
  return {
    type: "FeatureCollection" as const,
    features: rings.map((ring) => ({ type: "Feature", geometry: { type: "Polygon", coordinates: [ring] } })),
  };
}

const basin = collection([coast(12_000, -62, -72, 2)]);
const islands = collection(
  Array.from({ length: 180 }, (_, k) => coast(60, (k % 18) * 20 - 170, Math.floor(k / 18) * 16 - 72, 5)),
);

for (const [name, geojson, box] of [
  ["one polygon of 12,000 vertices", basin, [-70, -75, -54, -69]],
  ["180 polygons of 60 vertices over the globe", islands, [-180, -90, 180, 90]],
] as const) {
  const [west, south, east, north] = box;
  const lonDeg = Float64Array.from(
    { length: COUNT },
    (_, k) => west + (east - west) * ((k * 0.7548776662466927) % 1),
  );
  const latDeg = Float64Array.from(
    { length: COUNT },
    (_, k) => south + (north - south) * ((k * 0.5698402909980532) % 1),
  );
  const grid = zones.create({ geojson }, []);
  const ids = new BigUint64Array(COUNT);
  const positions = new Int32Array(COUNT);
  describe(`${COUNT} points, ${name}`, () => {
    bench("shardsOf", () => grid.shardsOf(lonDeg, latDeg, ids), options);
    bench("locate", () => void grid.locate(0n, lonDeg, latDeg, positions), options);
    bench("create", () => void zones.create({ geojson }, []), options);
  });
}
