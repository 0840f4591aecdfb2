/** Floor division of doubles. */

/**
 * `a // b` as NumPy defines it for float64: the largest integer not above the exact quotient, which `Math.floor(a / b)`
 * exceeds by one when the quotient rounds up to an integer (1.0 // 0.1 is 9). NaN for a NaN or infinite `a`.
 *
 * Rounding is monotone, so the two can differ only where the rounded quotient is an integer; there the remainder,
 * which `%` computes exactly (C `fmod`), tells on which side of it the exact quotient lies.
 *
 * @param b positive and finite; quotients are exact up to 2^51 in magnitude
 */
export function floorDivide(a: number, b: number): number {
  const quotient = a / b;
  const floor = Math.floor(quotient);
  if (floor !== quotient) return floor;
  const truncated = a % b;
  const remainder = truncated < 0 ? truncated + b : truncated;
  return remainder > b / 2 ? floor - 1 : floor;
}
