/** Projections whose parallels are arcs: American polyconic and Bonne's. Snyder 1987, USGS Professional Paper 1395, chapters 18 and 19. */
import { HALF_PI, placed, positioned, type Formulas } from "./formulas.js";
import type { Latitudes } from "./latitudes.js";
import { rootBySecant } from "./roots.js";

/** American polyconic. */
export function createPolyconic(latitudes: Latitudes, lat0: number): Formulas {
  const arc0 = latitudes.arc(lat0);
  /* Radius of the arc that is a parallel: that of the parallel over sin φ. */
  const arcRadius = (phi: number) => latitudes.parallel(phi) / Math.sin(phi);
  return {
    forward(lambda, phi, xy) {
      if (phi === 0) return positioned(xy, lambda, -arc0);
      const angle = lambda * Math.sin(phi);
      const radius = arcRadius(phi);
      const height = latitudes.arc(phi) - arc0 + 2 * radius * Math.sin(angle / 2) ** 2;
      return positioned(xy, radius * Math.sin(angle), height);
    },
    inverse(x, y, lp) {
      const up = y + arc0;
      if (Math.abs(up) < 1e-14) return placed(lp, x, 0);
      const sign = up < 0 ? -1 : 1;
      const target = Math.abs(up);
      /* The arc of φ is through the position when x² + (y - M)² = 2·(y - M)·radius. It falls from φ = 0 to the pole. */
      const miss = (phi: number) => {
        const above = target - latitudes.arc(phi);
        return (x * x + above * above) * Math.sin(phi) - 2 * above * latitudes.parallel(phi);
      };
      const phi = rootBySecant(0, Math.min(HALF_PI, latitudes.fromArc(target)), miss);
      if (phi === undefined) return false;
      const radius = arcRadius(phi);
      const angle = Math.atan2(x, radius + latitudes.arc(phi) - target);
      return placed(lp, angle / Math.sin(phi), sign * phi);
    },
  };
}

/** Bonne. @param lat1 standard parallel; at a pole this is Werner's */
export function createBonne(latitudes: Latitudes, lat1: number): Formulas {
  const sign = lat1 < 0 ? -1 : 1;
  const isWerner = HALF_PI - Math.abs(lat1) < 1e-10;
  const radius1 = isWerner ? 0 : latitudes.parallel(lat1) / Math.sin(lat1);
  const total = radius1 + latitudes.arc(lat1);
  return {
    forward(lambda, phi, xy) {
      const rho = total - latitudes.arc(phi);
      const angle = Math.abs(rho) < 1e-10 ? 0 : (lambda * latitudes.parallel(phi)) / rho;
      return positioned(xy, rho * Math.sin(angle), radius1 - rho * Math.cos(angle));
    },
    inverse(x, y, lp) {
      const rho = sign * Math.hypot(x, radius1 - y);
      const phi = latitudes.fromArc(total - rho);
      if (!(Math.abs(phi) <= HALF_PI + 1e-10)) return false;
      const radius = latitudes.parallel(phi);
      const angle = Math.atan2(sign * x, sign * (radius1 - y));
      return placed(lp, radius < 1e-12 ? 0 : (rho * angle) / radius, phi);
    },
  };
}
