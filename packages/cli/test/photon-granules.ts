/** Small photon granules in the layout of ATL03, and what they hold. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { loadLibrary } from "@zagg/reader-hdf5/internal";

/** One beam: its photons, and the segments that they come in. */
export interface PhotonBeam {
  readonly lat: Float64Array;
  readonly lon: Float64Array;
  readonly height: Float32Array;
  /** Photons × 5, row-major: confidence by surface type; -2 is a transmitter echo. */
  readonly confidence: Int8Array;
  readonly segmentLat: Float64Array;
  readonly segmentLon: Float64Array;
  /** First photon of each segment, from 1; 0 for one without photons. */
  readonly first: Float64Array;
  readonly count: Int32Array;
  /** Reference elevation of each segment, metres. */
  readonly dem: Float32Array;
}

export interface PhotonTrack {
  readonly startLat: number;
  readonly startLon: number;
  /** Degrees per segment. */
  readonly stepLat: number;
  readonly stepLon: number;
  readonly segments: number;
  readonly photonsPerSegment: number;
  readonly seed: number;
}

const SURFACE_TYPES = 5;
const TRANSMITTER_ECHO = -2;

/** A beam over a rough slope: most photons near the ground, some noise, every ninth segment empty, few echoes. */
export function photonBeam(track: PhotonTrack): PhotonBeam {
  const random = randomFrom(track.seed);
  const counts = Int32Array.from({ length: track.segments }, (_, i) =>
    i % 9 === 4 ? 0 : Math.max(1, Math.round(track.photonsPerSegment * (0.5 + random()))),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  const beam = {
    lat: new Float64Array(total),
    lon: new Float64Array(total),
    height: new Float32Array(total),
    confidence: new Int8Array(total * SURFACE_TYPES),
    segmentLat: new Float64Array(track.segments),
    segmentLon: new Float64Array(track.segments),
    first: new Float64Array(track.segments),
    count: counts,
    dem: new Float32Array(track.segments),
  };
  let photon = 0;
  for (let segment = 0; segment < track.segments; segment++) {
    const count = counts[segment]!;
    const ground = 1200 + 40 * Math.sin(segment / 15);
    const reference = random();
    beam.segmentLat[segment] = track.startLat + track.stepLat * (segment + reference);
    beam.segmentLon[segment] = track.startLon + track.stepLon * (segment + reference);
    beam.dem[segment] = ground - 1 + random();
    beam.first[segment] = count === 0 ? 0 : photon + 1;
    for (let i = 0; i < count; i++, photon++) {
      const along = segment + (i + random()) / count;
      beam.lat[photon] = track.startLat + track.stepLat * along;
      beam.lon[photon] = track.startLon + track.stepLon * along + (random() - 0.5) * 2e-5;
      const isNoise = random() < 0.1;
      beam.height[photon] = ground + (isNoise ? (random() - 0.3) * 90 : (random() + random() - 1) * 3);
      const echo = random() < 0.02;
      beam.confidence.fill(
        echo ? TRANSMITTER_ECHO : isNoise ? 0 : 4,
        photon * SURFACE_TYPES,
        (photon + 1) * SURFACE_TYPES,
      );
    }
  }
  return beam;
}

/** Writes a granule of beams by name. */
export async function writePhotonGranule(
  path: string,
  beams: Readonly<Record<string, PhotonBeam>>,
): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const instance = await loadLibrary();
  instance.call(({ File }) => {
    const file = new File(path, "w");
    try {
      for (const [name, beam] of Object.entries(beams)) {
        const root = file.create_group(name);
        const photons = beam.lat.length;
        const chunks = [Math.min(1_000, photons)];
        const heights = root.create_group("heights");
        const compression = 4;
        heights.create_dataset({ name: "lat_ph", data: beam.lat, chunks, compression });
        heights.create_dataset({ name: "lon_ph", data: beam.lon, chunks, compression });
        heights.create_dataset({ name: "h_ph", data: beam.height, chunks, compression });
        heights.create_dataset({
          name: "signal_conf_ph",
          data: beam.confidence,
          shape: [photons, SURFACE_TYPES],
          chunks: [...chunks, SURFACE_TYPES],
          compression,
        });
        const geolocation = root.create_group("geolocation");
        geolocation.create_dataset({ name: "reference_photon_lat", data: beam.segmentLat });
        geolocation.create_dataset({ name: "reference_photon_lon", data: beam.segmentLon });
        geolocation.create_dataset({
          name: "ph_index_beg",
          data: BigInt64Array.from(beam.first, BigInt),
        });
        geolocation.create_dataset({ name: "segment_ph_cnt", data: beam.count });
        root.create_group("geophys_corr").create_dataset({ name: "dem_h", data: beam.dem });
      }
    } finally {
      file.close();
    }
  });
}

/** The photons that are no transmitter echoes. */
export function keptPhotons({ confidence, height }: PhotonBeam): number {
  let kept = 0;
  for (let i = 0; i < height.length; i++) if (confidence[i * SURFACE_TYPES] !== TRANSMITTER_ECHO) kept++;
  return kept;
}

/** Numbers in [0, 1), the same from the same seed. Marsaglia 2003, "Xorshift RNGs": the 32-bit triple 13, 17, 5. */
function randomFrom(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}
