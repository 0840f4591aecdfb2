// What one would write first: the textbook formula with BigInt ids, and a Map of arrays.

/** Nested cell of each point, latitude as spherical. Górski et al. 2005, section 4.4. */
export function assignPlain(order, lonDeg, latDeg, out) {
  const nside = 2 ** order;
  for (let p = 0; p < lonDeg.length; p++) {
    const z = Math.sin((latDeg[p] * Math.PI) / 180);
    const t = (((lonDeg[p] / 90) % 4) + 4) % 4;
    let face, x, y;
    if (Math.abs(z) <= 2 / 3) {
      const up = nside * (0.5 + t - z * 0.75);
      const down = nside * (0.5 + t + z * 0.75);
      const faceUp = Math.floor(up / nside);
      const faceDown = Math.floor(down / nside);
      face = faceUp === faceDown ? (faceUp % 4) + 4 : faceUp < faceDown ? faceUp % 4 : (faceDown % 4) + 8;
      x = Math.floor(down) % nside;
      y = nside - (Math.floor(up) % nside) - 1;
    } else {
      const quarter = Math.min(3, Math.floor(t));
      const s = nside * Math.sqrt(3 * (1 - Math.abs(z)));
      const a = Math.min(nside - 1, Math.floor((t - quarter) * s));
      const b = Math.min(nside - 1, Math.floor((1 - (t - quarter)) * s));
      face = z >= 0 ? quarter : quarter + 8;
      x = z >= 0 ? nside - b - 1 : a;
      y = z >= 0 ? nside - a - 1 : b;
    }
    let id = 0n;
    for (let bit = order - 1; bit >= 0; bit--) {
      id = (id << 2n) | BigInt((((y / 2 ** bit) & 1) << 1) | ((x / 2 ** bit) & 1));
    }
    out[p] = (BigInt(face) << BigInt(2 * order)) | id;
  }
}

/** count, min, max, mean, var and three quantiles of each cell. */
export function aggregatePlain(cell, h) {
  const groups = new Map();
  for (let row = 0; row < cell.length; row++) {
    const values = groups.get(cell[row]);
    if (values === undefined) groups.set(cell[row], [h[row]]);
    else values.push(h[row]);
  }
  const result = new Map();
  for (const [key, values] of groups) {
    values.sort((a, b) => a - b);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const quantile = (q) => {
      const at = (values.length - 1) * q;
      const low = values[Math.floor(at)];
      return low + (values[Math.ceil(at)] - low) * (at - Math.floor(at));
    };
    const quantiles = [0.25, 0.5, 0.75].map(quantile);
    result.set(key, {
      count: values.length,
      min: values[0],
      max: values[values.length - 1],
      mean,
      variance,
      quantiles,
    });
  }
  return result;
}
