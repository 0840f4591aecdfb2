/** An independent answer to whether a polygon of the sphere holds a point: S2's loops. */
import { s2 } from "s2js";
import type { NamedRings, Position } from "./geojson.js";

type Loop = InstanceType<typeof s2.Loop>;

/** Whether a zone holds a point, each ring taken as its smaller side. */
export function oracleOf({ polygons }: NamedRings): (lon: number, lat: number) => boolean {
  const loops = polygons.map((rings) => rings.map(loopOf));
  return (lon, lat) =>
    loops.some((rings) => rings.filter((loop) => loop.containsPoint(pointOf([lon, lat]))).length % 2 === 1);
}

/** Whether two rings, each taken as its smaller side, have a point in common. */
export function ringsMeet(a: readonly Position[], b: readonly Position[]): boolean {
  return loopOf(a).intersects(loopOf(b));
}

function loopOf(ring: readonly Position[]): Loop {
  const loop = new s2.Loop(ring.map(pointOf));
  loop.normalize();
  return loop;
}

function pointOf([lon, lat]: Position) {
  return s2.Point.fromLatLng(s2.LatLng.fromDegrees(lat, lon));
}
