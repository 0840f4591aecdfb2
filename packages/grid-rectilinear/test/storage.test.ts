import type { GridPlugin } from "@zagg/core";
import { rectilinear, type RectilinearParams } from "../src/index.js";
import { describe, expect, it } from "vitest";

const neon = create({
  crs: "EPSG:32618",
  resolution: 10,
  bounds: [358300, 4299600, 370300, 4311600],
  chunk_shape: [600, 600],
  chunk_inner: [75, 75],
});
const degrees = create({
  crs: "EPSG:4326",
  resolution: 0.5,
  bounds: [-10, 40, 10, 50],
  chunk_shape: [20, 20],
});

function create(params: object): GridPlugin {
  return rectilinear.create(params as RectilinearParams, []);
}

function coordinate(grid: GridPlugin, name: string) {
  const found = grid.storage.coordinates.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

describe("storage", () => {
  it("places shards by row and column in arrays of the padded shape", () => {
    const placement = neon.storage.placement(BigUint64Array.of(0n, 3n));
    expect(placement.arrayShape).toEqual([1200, 1200]);
    expect([0n, 1n, 2n, 3n].map((key) => placement.blockIndex(key))).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
  });

  it("names its group and dimensions as the original does", () => {
    const { groupPath, dimensions, chunkDimensions, shardShape, chunkShape } = neon.storage;
    expect({ groupPath, dimensions, chunkDimensions, shardShape, chunkShape }).toEqual({
      groupPath: "rectilinear",
      dimensions: ["y", "x"],
      chunkDimensions: ["chunk_y", "chunk_x"],
      shardShape: [600, 600],
      chunkShape: [75, 75],
    });
  });

  it("lists x, y and the grid mapping, in this order", () => {
    expect(neon.storage.coordinates.map(({ name }) => name)).toEqual(["x", "y", "spatial_ref"]);
  });

  it("has the centres of columns and rows as x and y", () => {
    const x = coordinate(degrees, "x").values;
    const y = coordinate(degrees, "y").values;
    expect([x.length, x[0], x[39]]).toEqual([40, -9.75, 9.75]);
    expect([y.length, y[0], y[19]]).toEqual([20, 49.75, 40.25]);
  });

  it("says metres of projected axes and degrees of geographic ones", () => {
    expect(coordinate(neon, "x").attributes).toEqual({
      standard_name: "projection_x_coordinate",
      units: "m",
      axis: "X",
    });
    expect(coordinate(degrees, "y").attributes).toEqual({
      standard_name: "latitude",
      units: "degrees_north",
      axis: "Y",
    });
  });

  it("says the unit of an axis that is not in metres", () => {
    const feet = create({
      crs: "+proj=utm +zone=18 +datum=WGS84 +units=us-ft",
      resolution: 1,
      bounds: [0, 0, 9, 9],
    });
    expect(coordinate(feet, "x").attributes.units).toMatch(/^0\.30480060\d* m$/);
  });

  it("carries the original's group attributes and the GeoZarr conventions", () => {
    const { attributes } = neon.storage;
    expect(attributes).toMatchObject({
      crs: "EPSG:32618",
      resolution: [10, 10],
      bounds: [358300, 4299600, 370300, 4311600],
      "proj:code": "EPSG:32618",
      "spatial:dimensions": ["y", "x"],
      "spatial:transform": [10, 0, 358300, 0, -10, 4311600],
      "spatial:bbox": [358300, 4299600, 370300, 4311600],
      "spatial:shape": [1200, 1200],
      "spatial:registration": "pixel",
    });
    const names = (attributes.zarr_conventions as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(["proj:", "spatial"]);
  });

  it("leaves the proj: convention out where it has no place for the CRS", () => {
    const { attributes } = create({
      crs: "+proj=utm +zone=18 +datum=WGS84",
      resolution: 1,
      bounds: [0, 0, 9, 9],
    }).storage;
    expect(Object.keys(attributes).filter((key) => key.startsWith("proj:"))).toEqual([]);
    expect(attributes.zarr_conventions).toHaveLength(1);
  });

  it("describes the CRS in a grid mapping that data arrays point to", () => {
    expect(neon.storage.arrayAttributes).toEqual({ grid_mapping: "spatial_ref" });
    const { shape, values, attributes } = coordinate(neon, "spatial_ref");
    expect([shape, values.length]).toEqual([[], 1]);
    expect(attributes).toMatchObject({
      grid_mapping_name: "transverse_mercator",
      longitude_of_central_meridian: -75,
      scale_factor_at_central_meridian: 0.9996,
      false_easting: 500000,
      semi_major_axis: 6378137,
      spatial_ref: "EPSG:32618",
      GeoTransform: "358300 10 0 4311600 0 -10",
    });
  });

  it.each([
    [
      "EPSG:3031",
      {
        grid_mapping_name: "polar_stereographic",
        standard_parallel: -71,
        latitude_of_projection_origin: -90,
      },
    ],
    ["EPSG:6931", { grid_mapping_name: "lambert_azimuthal_equal_area", latitude_of_projection_origin: 90 }],
    ["EPSG:5070", { grid_mapping_name: "albers_conical_equal_area", standard_parallel: [29.5, 45.5] }],
    ["EPSG:4326", { grid_mapping_name: "latitude_longitude" }],
  ])("gives the CF parameters of %s", (crs, parameters) => {
    const grid = create({ crs, resolution: 1, bounds: [0, 0, 9, 9] });
    expect(coordinate(grid, "spatial_ref").attributes).toMatchObject(parameters);
  });

  it("is plain JSON apart from the values", () => {
    const { attributes, coordinates } = neon.storage;
    const plain = [attributes, ...coordinates.map((array) => array.attributes)];
    expect(JSON.parse(JSON.stringify(plain))).toEqual(plain);
  });
});
