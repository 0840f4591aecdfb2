/** The CF grid mapping of a CRS: CF Conventions 1.11, appendix F. */
import type { JsonObject } from "@zagg/core";
import type { Crs } from "./crs/crs.js";
import type { CrsParameters } from "./crs/parameters.js";
import { fromMeridian } from "./kernels/project.js";
import { affineOf, type Lattice } from "./lattice.js";

/**
 * Attributes of the `spatial_ref` variable: the CRS as text that PROJ and GDAL read (`spatial_ref`, and `crs_wkt` when
 * the config gave WKT), the affine in GDAL's order, the ellipsoid, and for the projections that CF names their name
 * and parameters.
 */
export function gridMappingAttributes(crs: Crs, lattice: Lattice): JsonObject {
  const [a, b, c, d, e, f] = affineOf(lattice);
  const { ellipsoid } = crs.parameters;
  const isWkt = crs.text.includes("[");
  return {
    ...cfParameters(crs),
    semi_major_axis: ellipsoid.a,
    semi_minor_axis: ellipsoid.b,
    ...(isWkt ? { crs_wkt: crs.text } : {}),
    spatial_ref: crs.text,
    GeoTransform: [c, a, b, f, d, e].join(" "),
  };
}

/** CF units of x and y. */
export function axisUnits({ parameters: { kind, toMeter } }: Crs): string {
  if (kind?.angular === true) return "degree";
  return toMeter === 1 ? "m" : `${toMeter} m`;
}

/** CF name and parameters; empty for a projection that CF does not name or describes by other parameters. */
function cfParameters({ geographic, parameters }: Crs): JsonObject {
  if (geographic) return { grid_mapping_name: "latitude_longitude" };
  const { proj, numbers, x0, y0 } = parameters;
  const offsets = { false_easting: x0, false_northing: y0 };
  if (proj === "stere" && Math.abs(numbers["lat_0"] ?? 0) === 90) {
    return {
      grid_mapping_name: "polar_stereographic",
      latitude_of_projection_origin: degrees(numbers["lat_0"]),
      straight_vertical_longitude_from_pole: degrees(numbers["lon_0"]),
      ...(numbers["lat_ts"] === undefined
        ? { scale_factor_at_projection_origin: numbers["k_0"] ?? 1 }
        : { standard_parallel: degrees(numbers["lat_ts"]) }),
      ...offsets,
    };
  }
  if (proj === "tmerc") {
    return {
      grid_mapping_name: "transverse_mercator",
      ...origin(parameters),
      scale_factor_at_central_meridian: numbers["k_0"] ?? 1,
      ...offsets,
    };
  }
  if (proj === "laea") {
    return {
      grid_mapping_name: "lambert_azimuthal_equal_area",
      latitude_of_projection_origin: degrees(numbers["lat_0"]),
      longitude_of_projection_origin: degrees(numbers["lon_0"]),
      ...offsets,
    };
  }
  if (proj === "aea") {
    return {
      grid_mapping_name: "albers_conical_equal_area",
      standard_parallel: [degrees(numbers["lat_1"]), degrees(numbers["lat_2"])],
      ...origin(parameters),
      ...offsets,
    };
  }
  if (proj === "ob_tran") {
    return {
      grid_mapping_name: "rotated_latitude_longitude",
      grid_north_pole_latitude: degrees(numbers["o_lat_p"]),
      grid_north_pole_longitude: fromMeridian(degrees(numbers["lon_0"]), 180),
      north_pole_grid_longitude: degrees(numbers["o_lon_p"]),
    };
  }
  return {};
}

function origin({ numbers }: CrsParameters): JsonObject {
  return {
    latitude_of_projection_origin: degrees(numbers["lat_0"]),
    longitude_of_central_meridian: degrees(numbers["lon_0"]),
  };
}

/** Degrees that were written as degrees come back as they were, and 0 without a sign. */
function degrees(given: number | undefined): number {
  return Number((given ?? 0).toPrecision(14)) + 0;
}
