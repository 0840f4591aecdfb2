/** The synthetic granules of the demo: a handful of passes over an ice sheet of our own making. */
import { access, constants, mkdir } from "node:fs/promises";
import { join } from "node:path";

import { StoreError } from "@zagg/core";

import { observe, type SegmentCounts } from "./beam.js";
import { writeGranule } from "./granule-file.js";
import { createRandom } from "./random.js";
import { createExtent, type GeoJsonPolygon } from "./region.js";
import { flyPass, type Pass } from "./track.js";

export interface DemoOptions {
  /** Same seed, same granules; any integer. Default 1. */
  readonly seed?: number;
  /** How many, 1 to 99. Default 6. */
  readonly granules?: number;
  /** Segments of a beam, 2 to 100,000; they lie 20 m apart. Default 45,000, which is 900 km. */
  readonly segmentsPerBeam?: number;
}

export interface DemoGranule extends SegmentCounts {
  readonly path: string;
  readonly ascending: boolean;
  readonly beams: readonly string[];
}

export interface DemoGranules extends SegmentCounts {
  readonly folder: string;
  readonly granules: readonly DemoGranule[];
  /** A polygon that holds every segment. */
  readonly region: GeoJsonPolygon;
}

const SPACING_METERS = 20;
/** Segments: a longer pass would come too near the pole for a region in longitudes and latitudes. */
const LONGEST_BEAM = 100_000;
/** Metres to the left of the reference track: three pairs 3.3 km apart, the beams of a pair 90 m apart. */
const BEAM_OFFSETS: readonly (readonly [beam: string, offsetMeters: number])[] = [
  ["gt1l", 3345],
  ["gt1r", 3255],
  ["gt2l", 45],
  ["gt2r", -45],
  ["gt3l", -3255],
  ["gt3r", -3345],
];
/** A granule and the beam that it lacks, as real ones sometimes do. */
const LACKING = { granule: 3, beam: "gt1r" };

const MIDDLE = { lonDeg: 123.4, latDeg: -75.6 };
/** Degrees of longitude between the passes, about 12 km there. */
const PASS_STEP_DEG = 0.45;
const FIRST_PASS = Date.UTC(2026, 0, 5, 12, 34, 56);
/** Between a granule and the next: four days and half an hour. */
const PASS_INTERVAL_MS = 4 * 86_400_000 + 1_800_000;
const DELTA_TIME_EPOCH = Date.UTC(2018, 0, 1);

/**
 * Writes granules to a folder, which is made when absent. Passes fly south and north by turns and cross near the middle.
 * Files of the same name are replaced.
 * @throws StoreError `CLI_FILE_UNWRITABLE`; RangeError for options out of range
 */
export async function makeDemoGranules(folder: string, options: DemoOptions = {}): Promise<DemoGranules> {
  const { seed = 1, granules: count = 6, segmentsPerBeam = 45_000 } = options;
  if (!Number.isInteger(count) || count < 1 || count > 99) throw new RangeError(`${count} granules`);
  if (!Number.isInteger(segmentsPerBeam) || segmentsPerBeam < 2 || segmentsPerBeam > LONGEST_BEAM) {
    throw new RangeError(`${segmentsPerBeam} segments per beam`);
  }
  await makeFolder(folder);
  const extent = createExtent();
  const granules: DemoGranule[] = [];
  for (let number = 0; number < count; number++) {
    const ascending = number % 2 === 1;
    const lonDeg = MIDDLE.lonDeg + (number - (count - 1) / 2) * PASS_STEP_DEG;
    const pass = { lonDeg, latDeg: MIDDLE.latDeg, ascending };
    const time = FIRST_PASS + number * PASS_INTERVAL_MS;
    const path = join(folder, granuleName(number, time, ascending));
    const beams = BEAM_OFFSETS.filter(([beam]) => number !== LACKING.granule || beam !== LACKING.beam);
    const observed = beams.map(([beam, offset]) => ({
      beam,
      segments: observeBeam(pass, offset, segmentsPerBeam, time, [seed, number, offset]),
    }));
    await writeGranule(path, observed);
    for (const { segments } of observed) extent.add(segments.longitude, segments.latitude);
    const counts = sum(observed.map(({ segments }) => segments.counts));
    granules.push({ path, ascending, beams: beams.map(([beam]) => beam), ...counts });
  }
  return { folder, granules, region: extent.polygon(), ...sum(granules) };
}

function observeBeam(pass: Pass, offset: number, segments: number, time: number, seeds: readonly number[]) {
  const track = flyPass(pass, offset, segments, SPACING_METERS);
  return observe(track, (time - DELTA_TIME_EPOCH) / 1000, createRandom(...seeds));
}

/** ATL06_[date and time]_[reference track][cycle][region]_[release]_[version].h5; regions 10 and 12 lie around Antarctica. */
function granuleName(number: number, time: number, ascending: boolean): string {
  const moment = new Date(time).toISOString().replace(/\D/g, "").slice(0, 14);
  const track = String(123 + 61 * number).padStart(4, "0");
  return `ATL06_${moment}_${track}30${ascending ? 12 : 10}_007_01.h5`;
}

function sum(parts: readonly SegmentCounts[]): SegmentCounts {
  const total = (key: keyof SegmentCounts) => parts.reduce((whole, part) => whole + part[key], 0);
  return { segments: total("segments"), filled: total("filled"), good: total("good") };
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new StoreError("CLI_FILE_UNWRITABLE", {
      what: `the folder ${folder} cannot be used`,
      why: cause instanceof Error ? cause.message : String(cause),
      mend: "name a folder that you may write",
      path: folder,
      cause,
    });
  }
}
