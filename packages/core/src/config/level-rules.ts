/** Rules of a multi-rate data source: its levels and the links between them. */
import type { Problem } from "./problems.js";
import type { DataSourceConfig } from "./schema.js";

/** Problems of `data_source.levels`, `base_level`, filter levels and `read_plan`. */
export function levelProblems(source: DataSourceConfig): Problem[] {
  const levels = source.levels ?? {};
  const names = Object.keys(levels);
  const problems: Problem[] = [];
  const report = (path: readonly string[], what: string, why: string, mend: string): void => {
    problems.push({
      code: "CONFIG_LEVELS",
      path: ["data_source", ...path],
      what: `data_source.${what}`,
      why,
      mend,
    });
  };
  if (names.length === 0) {
    if (source.read_plan?.spatial_index != null) {
      report(
        ["read_plan"],
        "read_plan.spatial_index has no levels",
        "it names one of them",
        "add levels and base_level",
      );
    }
    return problems;
  }
  const known = `the levels there are: ${names.join(", ")}`;
  if (source.base_level == null)
    report(["levels"], "base_level is missing", "levels need one", "add base_level");
  else if (!names.includes(source.base_level)) {
    report(["base_level"], `base_level is "${source.base_level}"`, known, "name one of them");
  }
  const columns = new Set(Object.keys(source.variables));
  for (const [name, level] of Object.entries(levels)) {
    const at = ["levels", name];
    const isBase = name === source.base_level;
    if (level.link == null && !isBase) {
      report(
        at,
        `levels.${name} has no link`,
        "every level but the base says how it meets another",
        "add link",
      );
    }
    const target = level.link?.to;
    if (target !== undefined && (target === name || !names.includes(target))) {
      report([...at, "link", "to"], `levels.${name}.link.to is "${target}"`, known, "name another level");
    }
    if (level.variables === null || level.variables === undefined || Array.isArray(level.variables)) continue;
    if (isBase) {
      report(
        [...at, "variables"],
        `levels.${name} declares variables`,
        "base-level columns are data_source.variables",
        "move them there",
      );
      continue;
    }
    for (const column of Object.keys(level.variables)) {
      if (columns.has(column)) {
        report(
          [...at, "variables", column],
          `levels.${name}.variables.${column} is declared twice`,
          "a column has one source",
          "rename one",
        );
      }
      columns.add(column);
    }
  }
  const placed = source.coordinates["level"];
  if (typeof placed === "string" && names.includes(placed)) {
    problems.push({
      code: "CONFIG_KEY_UNSUPPORTED",
      path: ["data_source", "coordinates", "level"],
      what: `data_source.coordinates.level is "${placed}", which is not supported yet`,
      why: "it says that the coordinates are those of another level than the points, and would be taken for a dataset's path",
      mend: "name datasets that have a row for each point",
    });
  }
  (source.filters ?? []).forEach((filter, i) => {
    if (filter.level != null && !names.includes(filter.level)) {
      report(
        ["filters", String(i), "level"],
        `filters[${i}].level is "${filter.level}"`,
        known,
        "name one of them",
      );
    }
  });
  const index = source.read_plan?.spatial_index;
  if (index != null && !names.includes(index)) {
    report(
      ["read_plan", "spatial_index"],
      `read_plan.spatial_index is "${index}"`,
      known,
      "name one of them",
    );
  }
  return problems;
}
