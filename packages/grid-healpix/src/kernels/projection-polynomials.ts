/**
 * The HEALPix projection of a latitude as polynomials, one pair for each latitude convention.
 *
 * Around the equator the projection needs v = ¾ sin β, in a polar cap σ = √(3 (1 − |sin β|)): Górski et al. 2005, ApJ
 * 622:759, section 4.4. Both are odd and smooth, the one in the latitude, the other in the distance to the pole, so an
 * odd polynomial in degrees gives either without a sine, a square root or a loss of digits near the pole; the way from
 * geodetic to authalic latitude (the series of ../latitude.ts) is part of the same polynomial and costs nothing.
 * Interpolated at Chebyshev points in 60-digit arithmetic by fixtures/projection_polynomials.py;
 * the relative error is below 3e-17 throughout.
 */
import { isAuthalic, type LatitudeConvention } from "../latitude.js";

/** Coefficients of x, x³, x⁵ … x¹⁷ (x in degrees). */
export type OddPolynomial = readonly [number, number, number, number, number, number, number, number, number];

/** The projection under one latitude convention, in two parts. */
export interface ProjectionPolynomials {
  /**
   * Where `cap` takes over from `equator`, degrees: 1e-12 short of sin β = 2/3. So v never reaches ½, and no point of
   * the equatorial belt can round out of its face.
   */
  readonly beltDeg: number;
  /** v = ¾ sin β of the latitude. */
  readonly equator: OddPolynomial;
  /** σ = √(3 (1 − sin β)) of 90° less the absolute latitude. */
  readonly cap: OddPolynomial;
}

const SPHERICAL: ProjectionPolynomials = {
  beltDeg: 41.8103148957776,
  equator: [
    0.013089969389957472, -6.645721167759727e-7, 1.0122012173716851e-11, -7.341288643617547e-17,
    3.1059501385346272e-22, -8.60079501912324e-28, 1.6646819658124074e-33, 0, 0,
  ],
  cap: [
    0.021375830502697736, -2.7131043056374033e-7, 1.0330735414863827e-12, -1.8731678226207528e-18,
    1.9812362876691594e-24, -1.3669851835048196e-30, 0, 0, 0,
  ],
};

const AUTHALIC: ProjectionPolynomials = {
  beltDeg: 41.937853910159,
  equator: [
    0.013031458384416985, -6.438854897917612e-7, 7.41097350310361e-12, 9.681427248722013e-17,
    -5.538754206291425e-21, 1.0309543634724674e-25, 5.086547168366746e-32, -5.708478041633063e-35,
    1.4766560602441978e-39,
  ],
  cap: [
    0.021471742967119532, -2.945681909765385e-7, 3.0298630895751925e-12, -9.297371196306724e-17,
    2.7716930892193044e-21, -7.09158932751426e-26, 1.86751575587625e-30, -5.101442604304152e-35,
    1.1169647128929673e-39,
  ],
};

/** The polynomials for latitudes given as geodetic, under a convention. @throws RangeError for an unknown one */
export function projectionPolynomials(latitude: LatitudeConvention): ProjectionPolynomials {
  return isAuthalic(latitude) ? AUTHALIC : SPHERICAL;
}
