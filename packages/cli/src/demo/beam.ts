/** The land-ice segments of one beam: what the instrument would have made of the surface. */
import { nearlyNormal, type Random } from "./random.js";
import { surfaceMeters } from "./surface.js";
import type { Track } from "./track.js";

/** The fill value of ATL06: the largest float32. */
export const FILL = Math.fround(3.4028234663852886e38);

/** Chances, a segment, of entering and of leaving a stretch of cloud, and of lost signal. */
const CLOUD = { enter: 0.0008, leave: 0.02 };
const LOSS = { enter: 0.0004, leave: 0.05 };
/** Height error of a clear segment on flat ice, metres. */
const CLEAR_SIGMA_METERS = 0.015;

/** Columns of the group `land_ice_segments`. */
export interface Segments {
  readonly latitude: Float64Array;
  readonly longitude: Float64Array;
  readonly h_li: Float32Array;
  readonly h_li_sigma: Float32Array;
  /** 0 for segments to be trusted, 1 for the others. */
  readonly atl06_quality_summary: Int8Array;
  /** Seconds since 2018-01-01. */
  readonly delta_time: Float64Array;
}

/** How the segments of one beam, or of many, turned out. */
export interface SegmentCounts {
  readonly segments: number;
  /** Segments without a height. */
  readonly filled: number;
  /** Segments with a height of quality 0. */
  readonly good: number;
}

/**
 * Observes the surface along a track. Clouds give stretches of poor quality and scattered heights, lost signal gives
 * stretches without a height.
 */
export function observe(
  track: Track,
  startSeconds: number,
  random: Random,
): Segments & { counts: SegmentCounts } {
  const segments = track.latDeg.length;
  const h_li = new Float32Array(segments);
  const h_li_sigma = new Float32Array(segments);
  const atl06_quality_summary = new Int8Array(segments);
  const delta_time = track.seconds.map((seconds) => startSeconds + seconds);
  let [cloudy, lost] = [false, false];
  let [filled, good] = [0, 0];
  for (let i = 0; i < segments; i++) {
    cloudy = random() < (cloudy ? 1 - CLOUD.leave : CLOUD.enter);
    lost = random() < (lost ? 1 - LOSS.leave : LOSS.enter);
    const error = CLEAR_SIGMA_METERS * (1 + 2 * random()) * (cloudy ? 15 : 1);
    const noise = error * nearlyNormal(random);
    if (lost) {
      h_li[i] = h_li_sigma[i] = FILL;
      filled += 1;
    } else {
      h_li[i] = surfaceMeters(track.lonDeg[i]!, track.latDeg[i]!) + noise;
      h_li_sigma[i] = error;
    }
    if (lost || cloudy) atl06_quality_summary[i] = 1;
    else good += 1;
  }
  return {
    latitude: track.latDeg,
    longitude: track.lonDeg,
    h_li,
    h_li_sigma,
    atl06_quality_summary,
    delta_time,
    counts: { segments, filled, good },
  };
}
