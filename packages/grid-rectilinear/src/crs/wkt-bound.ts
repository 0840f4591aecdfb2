/** The shift to WGS 84 that WKT2 binds to a CRS: `BOUNDCRS[…,ABRIDGEDTRANSFORMATION[…]]`. */
import type { CrsDefinition } from "./definition.js";
import type { ShiftParameters } from "./datum-shift.js";
import { crsFault } from "./faults.js";
import { numberOf } from "./numbers.js";
import { childOf, type WktNode } from "./wkt-tree.js";

const NAMES = [
  "X-axis translation",
  "Y-axis translation",
  "Z-axis translation",
  "X-axis rotation",
  "Y-axis rotation",
  "Z-axis rotation",
];

/**
 * The seven parameters, rotations as position vectors.
 * @throws GridError `CRS_UNSUPPORTED` if it leads elsewhere than to WGS 84, or by other means
 */
export function boundShiftOf(definition: CrsDefinition, bound: WktNode): ShiftParameters {
  const target = childOf(bound, "TARGETCRS")?.children[0];
  const transformation = childOf(bound, "ABRIDGEDTRANSFORMATION");
  const method = childOf(transformation, "METHOD")?.values[0] ?? "";
  const sign = /position vector|geocentric translations/i.test(method)
    ? 1
    : /coordinate frame/i.test(method)
      ? -1
      : 0;
  if (transformation === undefined || sign === 0 || !/^WGS[ _]?(19)?84$/i.test(target?.values[0] ?? "")) {
    throw crsFault("CRS_UNSUPPORTED", definition, {
      why: `it is bound to "${target?.values[0] ?? "nothing"}" by "${method}"`,
      mend: "bind it to WGS 84 by three or seven parameters, or give +towgs84 in a PROJ string",
    });
  }
  const valueOf = (name: string, byDefault: number) => {
    const node = transformation.children.find(
      ({ keyword, values }) => keyword === "PARAMETER" && values[0] === name,
    );
    return node === undefined ? byDefault : numberOf(definition, name, node.values[1] ?? "");
  };
  const [dx, dy, dz, rx, ry, rz] = NAMES.map((name) => valueOf(name, 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const scale = valueOf("Scale difference", 1);
  if (Math.abs(scale - 1) > 0.01) {
    throw crsFault("CRS_UNSUPPORTED", definition, {
      why: `the scale of its shift is ${scale}, where a ratio near 1 is meant`,
      mend: "write 1.000001 for one part per million",
    });
  }
  return [dx, dy, dz, sign * rx, sign * ry, sign * rz, (scale - 1) * 1e6];
}
