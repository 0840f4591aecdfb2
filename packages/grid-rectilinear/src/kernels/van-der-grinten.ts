/** Van der Grinten's projection of the sphere, the world in a circle: Snyder 1987, USGS Professional Paper 1395, chapter 29. */
import { HALF_PI, placed, positioned, type Formulas } from "./formulas.js";
import { rootBySecant } from "./roots.js";

/**
 * Snyder's equations 29-1 to 29-6, with t = tan(θ/2) in place of θ: then G = (1 + t)/2t and P = (1 + t³)/2t², and the quadratics for x and y
 * are solved for the root that does not cancel.
 */
export function createVanDerGrinten(): Formulas {
  return {
    forward(lambda, phi, xy) {
      const t = halfTangent(Math.abs(phi));
      const longitude = Math.abs(lambda);
      if (t === 0) return positioned(xy, lambda, 0);
      if (longitude < 1e-10 || t === 1) return positioned(xy, 0, Math.sign(phi) * Math.PI * t);
      const a = (Math.PI / longitude - longitude / Math.PI) / 2;
      const g = (1 + t) / (2 * t);
      const p = (1 + t ** 3) / (2 * t * t);
      const b = a * (p * p - g);
      const x = (p * p - g * g) / (Math.sqrt(b * b + (p * p + a * a) * (p * p - g * g)) + b);
      return positioned(xy, Math.sign(lambda) * Math.PI * x, Math.sign(phi) * Math.PI * heightAt(t, a));
    },
    inverse(x, y, lp) {
      const u = Math.abs(x) / Math.PI;
      const v = Math.abs(y) / Math.PI;
      const r2 = u * u + v * v;
      if (!(r2 <= 1 + 1e-10)) return false;
      const a = (1 - r2) / (2 * u);
      const isMeridian = u < 1e-11;
      const lambda = isMeridian ? 0 : (Math.sign(x) * Math.PI) / (a + Math.hypot(a, 1));
      const t =
        isMeridian || v === 0 || v >= 1 ? Math.min(v, 1) : rootBySecant(0, 1, (at) => heightAt(at, a) - v);
      if (t === undefined) return false;
      return placed(lp, lambda, (Math.sign(y) * HALF_PI * 2 * t) / (1 + t * t));
    },
  };
}

/** tan(θ/2) where sin θ = 2φ/π. */
function halfTangent(phi: number): number {
  const sine = Math.min(1, phi / HALF_PI);
  return sine / (1 + Math.sqrt(1 - sine * sine));
}

/** y over π. @param a Snyder's A: half of π/λ - λ/π */
function heightAt(t: number, a: number): number {
  if (t === 0) return 0;
  const g = (1 + t) / (2 * t);
  const p = (1 + t ** 3) / (2 * t * t);
  const q = a * a + g;
  const root = Math.sqrt(Math.max(0, (a * a + 1) * (p * p + a * a) - q * q));
  return ((a * a) / t + g * g) / (p * q + a * root);
}
