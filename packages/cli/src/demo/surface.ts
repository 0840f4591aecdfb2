/** An ice sheet of our own making: a dome with hills, megadunes and sastrugi. Not a model of the real one. */

const DOME_LON_DEG = 123.4;
const DOME_METERS = 3230;
/** Metres of height lost at a kilometre's distance; it grows with the square. */
const DOME_FALL = 8e-4;
const KILOMETERS_A_DEGREE = 111.2;
const RADIANS = Math.PI / 180;

/** Kilometres of the dome from the south pole. */
const DOME_DISTANCE = 14.9 * KILOMETERS_A_DEGREE;

/** Height of the surface above the ellipsoid, metres, at a place in the south. Smooth: neighbouring beams agree. */
export function surfaceMeters(lonDeg: number, latDeg: number): number {
  // Azimuthal equidistant plane about the south pole, kilometres.
  const fromPole = (90 + latDeg) * KILOMETERS_A_DEGREE;
  const angle = (lonDeg - DOME_LON_DEG) * RADIANS;
  const x = fromPole * Math.sin(angle);
  const y = fromPole * Math.cos(angle) - DOME_DISTANCE;
  const hills = 24 * Math.sin(x / 11) * Math.cos(y / 17) + 9 * Math.sin((x + 2 * y) / 7);
  const dunes = 1.5 * Math.sin((2 * x - y) / 0.6);
  const sastrugi = 0.12 * Math.sin(31 * x + 17 * y);
  return DOME_METERS - DOME_FALL * (x * x + y * y) + hills + dunes + sastrugi;
}
