/**
 * Points to nested cells the way a textbook has it: Górski et al. 2005, section 4.4, with Math.sin, the series for the
 * authalic latitude, and bits interleaved in a bigint. The baseline of the benchmarks.
 */
import { authalicFromGeodetic } from "../src/latitude.js";

const RAD_PER_DEG = Math.PI / 180;
/** Nested ids of points; degrees, valid coordinates only. */
export function textbookNested(
  order: number,
  lonDeg: Float64Array,
  latDeg: Float64Array,
  authalic: boolean,
  out: BigUint64Array,
): void {
  const nside = 2 ** order;
  for (let k = 0; k < out.length; k++) {
    const geodeticDeg = latDeg[k]!;
    const sphericalDeg = authalic ? authalicFromGeodetic(geodeticDeg) : geodeticDeg;
    const z = Math.sin(sphericalDeg * RAD_PER_DEG);
    const turn = lonDeg[k]! / 90;
    const tt = turn - 4 * Math.floor(turn / 4);
    let face: number;
    let ix: number;
    let iy: number;
    if (Math.abs(z) <= 2 / 3) {
      const jp = Math.floor(nside * (0.5 + tt - 0.75 * z));
      const jm = Math.floor(nside * (0.5 + tt + 0.75 * z));
      const left = Math.floor(jp / nside);
      const right = Math.floor(jm / nside);
      face = left === right ? 4 + (left % 4) : left < right ? left : right + 8;
      ix = jm % nside;
      iy = nside - 1 - (jp % nside);
    } else {
      const quarter = Math.min(3, Math.floor(tt));
      const across = tt - quarter;
      const rows = nside * Math.sqrt(3 * (1 - Math.abs(z)));
      const jp = Math.min(Math.floor(across * rows), nside - 1);
      const jm = Math.min(Math.floor((1 - across) * rows), nside - 1);
      [face, ix, iy] = z > 0 ? [quarter, nside - 1 - jm, nside - 1 - jp] : [quarter + 8, jp, jm];
    }
    out[k] = (BigInt(face) << BigInt(2 * order)) | spread(ix) | (spread(iy) << 1n);
  }
}

/** The bits of an integer moved to the even positions. */
function spread(value: number): bigint {
  let bits = BigInt(value);
  bits = (bits | (bits << 16n)) & 0x0000ffff0000ffffn;
  bits = (bits | (bits << 8n)) & 0x00ff00ff00ff00ffn;
  bits = (bits | (bits << 4n)) & 0x0f0f0f0f0f0f0f0fn;
  bits = (bits | (bits << 2n)) & 0x3333333333333333n;
  return (bits | (bits << 1n)) & 0x5555555555555555n;
}
