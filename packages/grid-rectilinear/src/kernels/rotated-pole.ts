/** Longitudes and latitudes about another pole: CF Conventions 1.11, appendix F, rotated_latitude_longitude. */
import { placed, positioned, type Formulas } from "./formulas.js";

/**
 * Of the sphere; positions are radians.
 * @param poleLatitude,poleLongitude where the geographic pole stands in the new coordinates, radians
 */
export function createRotatedPole(poleLatitude: number, poleLongitude: number): Formulas {
  const sinPole = Math.sin(poleLatitude);
  const cosPole = Math.cos(poleLatitude);
  const turned = (longitude: number) => longitude - 2 * Math.PI * Math.round(longitude / (2 * Math.PI));
  return {
    forward(lambda, phi, xy) {
      const outward = Math.cos(phi) * Math.cos(lambda);
      const across = Math.cos(phi) * Math.sin(lambda);
      const along = sinPole * outward + cosPole * Math.sin(phi);
      const up = sinPole * Math.sin(phi) - cosPole * outward;
      const longitude = Math.atan2(across, along) + poleLongitude;
      return positioned(
        xy,
        Math.abs(longitude) <= Math.PI ? longitude : turned(longitude),
        Math.atan2(up, Math.hypot(across, along)),
      );
    },
    inverse(x, y, lp) {
      const longitude = x - poleLongitude;
      const along = Math.cos(y) * Math.cos(longitude);
      const across = Math.cos(y) * Math.sin(longitude);
      const outward = sinPole * along - cosPole * Math.sin(y);
      const up = sinPole * Math.sin(y) + cosPole * along;
      return (
        Math.abs(y) <= Math.PI / 2 &&
        placed(lp, Math.atan2(across, outward), Math.atan2(up, Math.hypot(across, outward)))
      );
    },
  };
}
