/** Projections of an ellipsoid by geodesics from a centre: Karney 2013, J. Geodesy 87:43, section 8; the geodesics are GeographicLib's. */
import geographicLib from "geographiclib-geodesic";
import { HALF_PI, placed, positioned, type Formulas } from "./formulas.js";

const { Geodesic, GeodesicLine } = geographicLib;
const DEGREE = Math.PI / 180;
const WANTED = Geodesic.DISTANCE | Geodesic.AZIMUTH | Geodesic.REDUCEDLENGTH | Geodesic.GEODESICSCALE;
const PLACE = Geodesic.LATITUDE | Geodesic.LONGITUDE | Geodesic.REDUCEDLENGTH | Geodesic.GEODESICSCALE;

/** Azimuthal equidistant: distance and azimuth from the centre. */
export function createAzimuthalEquidistant(e2: number, lat0: number): Formulas {
  const geodesic = onUnit(e2);
  const centre = lat0 / DEGREE;
  return {
    forward(lambda, phi, xy) {
      const line = geodesic.Inverse(centre, 0, phi / DEGREE, lambda / DEGREE, WANTED);
      const azimuth = line.azi1! * DEGREE;
      return positioned(xy, line.s12! * Math.sin(azimuth), line.s12! * Math.cos(azimuth));
    },
    inverse(x, y, lp) {
      const distance = Math.hypot(x, y);
      if (!(distance <= Math.PI)) return false;
      const end = geodesic.Direct(centre, 0, Math.atan2(x, y) / DEGREE, distance, PLACE);
      return placed(lp, end.lon2! * DEGREE, end.lat2! * DEGREE);
    },
  };
}

/** Gnomonic: geodesics through the centre are straight. Positions are where geodesics from the centre still part. */
export function createGnomonic(e2: number, lat0: number): Formulas {
  const geodesic = onUnit(e2);
  const centre = lat0 / DEGREE;
  return {
    forward(lambda, phi, xy) {
      const line = geodesic.Inverse(centre, 0, phi / DEGREE, lambda / DEGREE, WANTED);
      if (!(line.M12! > 0)) return false;
      const rho = line.m12! / line.M12!;
      const azimuth = line.azi1! * DEGREE;
      return positioned(xy, rho * Math.sin(azimuth), rho * Math.cos(azimuth));
    },
    inverse(x, y, lp) {
      const rho = Math.hypot(x, y);
      const line = new GeodesicLine.GeodesicLine(
        geodesic,
        centre,
        0,
        Math.atan2(x, y) / DEGREE,
        PLACE | Geodesic.DISTANCE_IN,
      );
      let distance = Math.atan(rho);
      for (let i = 0; i < 20; i++) {
        const { m12, M12, lat2, lon2 } = line.Position(distance, PLACE);
        /* Newton's step for ρ(s) = m/M, whose slope is 1/M², or far out for 1/ρ, whose slope is -1/m². */
        const step = rho <= 1 ? (rho - m12! / M12!) * M12! * M12! : (M12! / m12! - 1 / rho) * m12! * m12!;
        distance += step;
        if (Math.abs(step) < 1e-15) return placed(lp, lon2! * DEGREE, lat2! * DEGREE);
        if (!(distance < 2 * HALF_PI)) return false;
      }
      return false;
    },
  };
}

function onUnit(e2: number): InstanceType<typeof Geodesic.Geodesic> {
  return new Geodesic.Geodesic(1, e2 / (1 + Math.sqrt(1 - e2)));
}
