/** Pseudocylindrical projections: parallels are straight, meridians are not. */
import { arcSine, HALF_PI, placed, positioned, type Formulas } from "./formulas.js";
import type { Latitudes } from "./latitudes.js";
import { rootByNewton } from "./roots.js";

/** Every longitude meets at a pole that is a point: radius of a parallel. */
const POLE = 1e-7;

/** Sinusoidal: Snyder 1987, USGS Professional Paper 1395, chapter 30. */
export function createSinusoidal(latitudes: Latitudes): Formulas {
  return {
    forward: (lambda, phi, xy) => positioned(xy, lambda * latitudes.parallel(phi), latitudes.arc(phi)),
    inverse(x, y, lp) {
      const phi = latitudes.fromArc(y);
      const radius = latitudes.parallel(phi);
      return placed(lp, radius < POLE ? 0 : x / radius, phi);
    },
  };
}

/** Mollweide, of the sphere: Snyder, chapter 31. */
export function createMollweide(): Formulas {
  const width = (2 * Math.SQRT2) / Math.PI;
  return {
    forward(lambda, phi, xy) {
      const theta = mollweideAngle(phi);
      return positioned(xy, width * lambda * Math.cos(theta), Math.SQRT2 * Math.sin(theta));
    },
    inverse(x, y, lp) {
      const theta = arcSine(y / Math.SQRT2);
      const phi = arcSine((2 * theta + Math.sin(2 * theta)) / Math.PI);
      const radius = width * Math.cos(theta);
      return placed(lp, radius < POLE ? 0 : x / radius, phi);
    },
  };
}

/** θ with 2θ + sin 2θ = π·sin φ. Its slope is 0 at the poles, so the root is found between bounds. */
function mollweideAngle(phi: number): number {
  const target = Math.PI * Math.abs(Math.sin(phi));
  const theta = rootByNewton(
    0,
    HALF_PI,
    (t) => 2 * t + Math.sin(2 * t) - target,
    (t) => 2 + 2 * Math.cos(2 * t),
  );
  return phi < 0 ? -theta : theta;
}

/** Eckert VI, of the sphere: Snyder, chapter 32. */
export function createEckert6(): Formulas {
  const height = 2 / Math.sqrt(2 + Math.PI);
  return {
    forward(lambda, phi, xy) {
      const target = (1 + HALF_PI) * Math.sin(phi);
      const theta = rootByNewton(
        -HALF_PI,
        HALF_PI,
        (t) => t + Math.sin(t) - target,
        (t) => 1 + Math.cos(t),
      );
      return positioned(xy, (height / 2) * lambda * (1 + Math.cos(theta)), height * theta);
    },
    inverse(x, y, lp) {
      const theta = y / height;
      const phi = arcSine((theta + Math.sin(theta)) / (1 + HALF_PI));
      return placed(lp, x / ((height / 2) * (1 + Math.cos(theta))), phi);
    },
  };
}

/** Equal Earth: Šavrič, Patterson and Jenny 2019, Int. J. Geographical Information Science 33:454. */
export function createEqualEarth(latitudes: Latitudes): Formulas {
  const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796];
  const m = Math.sqrt(3) / 2;
  const radius = latitudes.authalicRadius;
  const heightOf = (t: number) => t * (a1 + t * t * (a2 + t ** 4 * (a3 + a4 * t * t)));
  const slopeOf = (t: number) => a1 + t * t * (3 * a2 + t ** 4 * (7 * a3 + 9 * a4 * t * t));
  return {
    forward(lambda, phi, xy) {
      const theta = Math.asin(m * Math.sin(latitudes.authalic(phi)));
      const x = (radius * lambda * Math.cos(theta)) / (m * slopeOf(theta));
      return positioned(xy, x, radius * heightOf(theta));
    },
    inverse(x, y, lp) {
      const target = y / radius;
      if (!(Math.abs(target) <= heightOf(Math.PI / 3) + 1e-10)) return false;
      const theta = rootByNewton(-Math.PI / 3, Math.PI / 3, (t) => heightOf(t) - target, slopeOf);
      const xi = Math.asin(Math.max(-1, Math.min(1, Math.sin(theta) / m)));
      return placed(lp, (x * m * slopeOf(theta)) / (radius * Math.cos(theta)), latitudes.fromAuthalic(xi));
    },
  };
}
