/** The CF grid mapping of a CRS: CF Conventions 1.11, appendix F. */
import type { JsonObject } from "@zagg/core";
import type { Crs } from "./crs/crs.js";
import type { Projection } from "./crs/proj.js";
import { affineOf, type Lattice } from "./lattice.js";

const DEGREES = 180 / Math.PI;

/**
 * Attributes of the `spatial_ref` variable: the CRS as text that PROJ and GDAL read (`spatial_ref`, and `crs_wkt` when
 * the config gave WKT), the affine in GDAL's order, the ellipsoid, and for the projections that CF names their name
 * and parameters.
 */
export function gridMappingAttributes(crs: Crs, lattice: Lattice): JsonObject {
  const [a, b, c, d, e, f] = affineOf(lattice);
  const { projection } = crs;
  const isWkt = crs.text.includes("[");
  return {
    ...cfParameters(crs),
    semi_major_axis: projection.a,
    semi_minor_axis: projection.b,
    ...(isWkt ? { crs_wkt: crs.text } : {}),
    spatial_ref: crs.text,
    GeoTransform: [c, a, b, f, d, e].join(" "),
  };
}

/** CF units of x and y. */
export function axisUnits({ projection }: Crs): string {
  const toMeter = projection.to_meter ?? 1;
  return toMeter === 1 ? "m" : `${toMeter} m`;
}

/** CF name and parameters; empty for a projection that CF does not name or that proj4 knows by another formula. */
function cfParameters(crs: Crs): JsonObject {
  const { projection } = crs;
  if (crs.geographic) return { grid_mapping_name: "latitude_longitude" };
  const is = (name: string) => projection.names?.includes(name) === true || projection.projName === name;
  const offsets = { false_easting: projection.x0 ?? 0, false_northing: projection.y0 ?? 0 };
  if (is("stere") && Math.abs(Math.cos(projection.lat0 ?? 0)) < 1e-10) {
    return {
      grid_mapping_name: "polar_stereographic",
      latitude_of_projection_origin: degrees(projection.lat0),
      straight_vertical_longitude_from_pole: degrees(projection.long0),
      ...(projection.lat_ts === undefined
        ? { scale_factor_at_projection_origin: projection.k0 ?? 1 }
        : { standard_parallel: degrees(projection.lat_ts) }),
      ...offsets,
    };
  }
  if (is("tmerc") || is("utm") || is("etmerc")) {
    return {
      grid_mapping_name: "transverse_mercator",
      ...origin(projection),
      scale_factor_at_central_meridian: projection.k0 ?? 1,
      ...offsets,
    };
  }
  if (is("laea")) {
    return {
      grid_mapping_name: "lambert_azimuthal_equal_area",
      latitude_of_projection_origin: degrees(projection.lat0),
      longitude_of_projection_origin: degrees(projection.long0),
      ...offsets,
    };
  }
  if (is("aea") && projection.lat1 !== undefined && projection.lat2 !== undefined) {
    return {
      grid_mapping_name: "albers_conical_equal_area",
      standard_parallel: [degrees(projection.lat1), degrees(projection.lat2)],
      ...origin(projection),
      ...offsets,
    };
  }
  return {};
}

function origin(projection: Projection): JsonObject {
  return {
    latitude_of_projection_origin: degrees(projection.lat0),
    longitude_of_central_meridian: degrees(projection.long0),
  };
}

/** Degrees that were written as degrees come back as they were. */
function degrees(radians: number | undefined): number {
  return Number(((radians ?? 0) * DEGREES).toPrecision(14));
}
