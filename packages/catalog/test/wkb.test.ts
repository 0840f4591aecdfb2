import { errorToJson, type JsonObject } from "@zagg/core";
import { regionFromGeoJson } from "@zagg/sphere";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { geoJsonFromWkb, regionFromWkb, wkbFromGeoJson } from "../src/index.js";
import { anyGeometry, anyRing } from "./arbitraries.js";
import { runs } from "../../../vitest.effort.mjs";

/** The same geometry as another writer has it: big endian, with Z or M, in ISO or EWKB. */
function rewritten(
  wkb: Uint8Array,
  form: { big: boolean; z: boolean; m: boolean; ewkb: boolean; srid: boolean },
) {
  const out: number[] = [];
  const source = new DataView(wkb.buffer, wkb.byteOffset, wkb.byteLength);
  let at = 0;
  const push = (bytes: number, write: (view: DataView) => void) => {
    const view = new DataView(new ArrayBuffer(bytes));
    write(view);
    out.push(...new Uint8Array(view.buffer));
  };
  const count = (): number => {
    const n = source.getUint32(at, true);
    at += 4;
    push(4, (view) => view.setUint32(0, n, !form.big));
    return n;
  };
  const position = () => {
    for (const offset of [0, 8])
      push(8, (view) => view.setFloat64(0, source.getFloat64(at + offset, true), !form.big));
    at += 16;
    for (const has of [form.z, form.m]) if (has) push(8, (view) => view.setFloat64(0, NaN, !form.big));
  };
  const geometry = (isTop: boolean) => {
    const type = source.getUint32(at + 1, true);
    at += 5;
    const hasSrid = form.ewkb && form.srid && isTop;
    const iso = 1000 * (Number(form.z) + 2 * Number(form.m));
    const flags = (form.z ? 0x80000000 : 0) + (form.m ? 0x40000000 : 0) + (hasSrid ? 0x20000000 : 0);
    out.push(form.big ? 0 : 1);
    push(4, (view) => view.setUint32(0, type + (form.ewkb ? flags : iso), !form.big));
    if (hasSrid) push(4, (view) => view.setUint32(0, 4326, !form.big));
    if (type === 1) return position();
    for (let n = count(); n > 0; n--) {
      if (type === 2) position();
      else if (type === 3) for (let left = count(); left > 0; left--) position();
      else geometry(false);
    }
  };
  geometry(true);
  return Uint8Array.from(out);
}

const form = fc.record({
  big: fc.boolean(),
  z: fc.boolean(),
  m: fc.boolean(),
  ewkb: fc.boolean(),
  srid: fc.boolean(),
});

/** What comes of it: a value, or the code of the error. */
function outcome<T>(read: () => T): T | string {
  try {
    return read();
  } catch (error) {
    return errorToJson(error).code;
  }
}

describe("well-known binary", () => {
  it("gives every geometry back, in both byte orders, with heights and measures, in ISO and EWKB", () => {
    fc.assert(
      fc.property(anyGeometry, form, (geometry, written) => {
        const wkb = wkbFromGeoJson(geometry);
        expect(geoJsonFromWkb(wkb)).toEqual(geometry);
        expect(geoJsonFromWkb(rewritten(wkb, written))).toEqual(geometry);
      }),
      { numRuns: 300 },
    );
  });

  it("gives the region that the same GeoJSON gives, or refuses it for the same reason", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anyRing, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }),
        form,
        (polygons, written) => {
          const geometry = { type: "MultiPolygon", coordinates: polygons } as JsonObject;
          const expected = outcome(() => regionFromGeoJson(geometry));
          expect(outcome(() => regionFromWkb(rewritten(wkbFromGeoJson(geometry), written)))).toEqual(
            expected,
          );
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  it.each([
    [89.999999999998, -89.999999999],
    [90, -89.9999999995],
  ])("refuses an edge from latitude %d to %d, which passes a pole in no direction", (north, south) => {
    const ring = [
      [0, north],
      [0, 0],
      [0, south],
      [0, north],
    ];
    const geometry = { type: "Polygon", coordinates: [ring] };
    expect(outcome(() => regionFromGeoJson(geometry))).toBe("REGION_RING");
    expect(outcome(() => regionFromWkb(wkbFromGeoJson(geometry)))).toBe("REGION_RING");
  });

  it.each([
    [
      "a latitude of 91",
      [
        [0, 0],
        [1, 91],
        [1, 0],
        [0, 0],
      ],
      "REGION_COORDINATE",
    ],
    [
      "NaN",
      [
        [0, 0],
        [NaN, 1],
        [1, 0],
        [0, 0],
      ],
      "REGION_COORDINATE",
    ],
    ["no vertex", [], "REGION_RING"],
    ["one vertex", [[0, 0]], "REGION_RING"],
    [
      "two vertices",
      [
        [0, 0],
        [1, 1],
        [0, 0],
      ],
      "REGION_RING",
    ],
    [
      "an edge between opposite points",
      [
        [0, 10],
        [180, -10],
        [90, 0],
        [0, 10],
      ],
      "REGION_RING",
    ],
  ])("refuses a ring with %s", (_what, ring, code) => {
    const wkb = wkbFromGeoJson({ type: "Polygon", coordinates: [ring] });
    expect(outcome(() => regionFromWkb(wkb))).toBe(code);
  });

  it.each([
    { type: "Point", coordinates: [0, 0] },
    {
      type: "LineString",
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    },
    { type: "MultiPolygon", coordinates: [] },
    { type: "Polygon", coordinates: [] },
    { type: "GeometryCollection", geometries: [{ type: "Point", coordinates: [] }] },
  ] as JsonObject[])("finds no area in %j", (geometry) => {
    expect(outcome(() => regionFromWkb(wkbFromGeoJson(geometry)))).toBe("CATALOG_NO_AREA");
  });

  it("refuses bytes that are cut short, longer, or changed, and never reads past their end", () => {
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ];
    const wkb = wkbFromGeoJson({ type: "MultiPolygon", coordinates: [[ring], [ring]] });
    for (let length = 0; length < wkb.length; length++) {
      expect(outcome(() => regionFromWkb(wkb.subarray(0, length)))).toBe("CATALOG_WKB");
      expect(outcome(() => geoJsonFromWkb(wkb.subarray(0, length)))).toBe("CATALOG_WKB");
    }
    expect(outcome(() => regionFromWkb(Uint8Array.of(...wkb, 0)))).toBe("CATALOG_WKB");
    fc.assert(
      fc.property(fc.nat(wkb.length - 1), fc.nat(255), (at, byte) => {
        const changed = wkb.slice();
        changed[at] = byte;
        expect(outcome(() => regionFromWkb(changed))).not.toBe("UNEXPECTED");
        expect(outcome(() => geoJsonFromWkb(changed))).not.toBe("UNEXPECTED");
      }),
    );
  });

  it("refuses coordinates of another reference system", () => {
    const wkb = rewritten(wkbFromGeoJson({ type: "Point", coordinates: [0, 0] }), {
      big: false,
      z: false,
      m: false,
      ewkb: true,
      srid: true,
    });
    new DataView(wkb.buffer).setUint32(5, 3031, true);
    expect(outcome(() => geoJsonFromWkb(wkb))).toBe("CATALOG_WKB");
  });

  it.each([
    { type: "Polygon", coordinates: [[["0", 0]]] },
    { type: "Polygon", coordinates: [7] },
    { type: "Polygon" },
    { type: "Circle", coordinates: [] },
    {},
  ] as JsonObject[])("cannot write %j", (geometry) => {
    expect(outcome(() => wkbFromGeoJson(geometry))).toBe("CATALOG_GEOMETRY");
  });
});
