/** Boxes of longitude and latitude against each other. */
import type { BoundingBox } from "@zagg/core";

/** 11 m: boxes around polygons are no more exact. Degrees. */
export const SLACK_DEG = 1e-4;

/** Whether one box holds another, but for the slack. */
export function holdsBox(outer: BoundingBox, inner: BoundingBox, slackDeg = SLACK_DEG): boolean {
  if (inner[1] < outer[1] - slackDeg || inner[3] > outer[3] + slackDeg) return false;
  const width = eastward(outer[0], outer[2]);
  return width >= 360 || eastward(outer[0], inner[0]) + eastward(inner[0], inner[2]) <= width + slackDeg;
}

/** Whether two boxes are farther apart than so many degrees. */
export function boxesApart(a: BoundingBox, b: BoundingBox, degrees: number): boolean {
  if (a[3] < b[1] - degrees || b[3] < a[1] - degrees) return true;
  const [widthA, widthB] = [eastward(a[0], a[2]), eastward(b[0], b[2])];
  const [toB, toA] = [eastward(a[0], b[0]), eastward(b[0], a[0])];
  return toB > widthA + degrees && toA > widthB + degrees;
}

/** The part of the sphere between two meridians and two parallels, 0 to 1. */
export function shareOfSphere([west, south, east, north]: BoundingBox): number {
  const sine = (degrees: number): number => Math.sin((degrees * Math.PI) / 180);
  return ((sine(north) - sine(south)) / 2) * (eastward(west, east) / 360);
}

/** Degrees between the meridians and between the parallels of a box, the larger. */
export function extentDeg(box: BoundingBox): number {
  return Math.max(eastward(box[0], box[2]), box[3] - box[1]);
}

/** Degrees from one meridian to another, going east; 360 for a full turn. */
function eastward(from: number, to: number): number {
  if (to - from >= 360) return 360;
  const degrees = (to - from) % 360;
  return degrees < -SLACK_DEG ? degrees + 360 : degrees;
}
