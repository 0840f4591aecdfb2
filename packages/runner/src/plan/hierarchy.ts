/** The groups and arrays of a run's store, as data. */
import type {
  ArraySpec,
  FillValue,
  GridPlugin,
  GroupSpec,
  HierarchySpec,
  JsonObject,
  OutputField,
  Placement,
  Warning,
  ZaggConfig,
} from "@zagg/core";
import { chunkCells, fillValueOf, shardCells } from "@zagg/core";

export interface PlannedHierarchy {
  readonly hierarchy: HierarchySpec;
  readonly warnings: readonly Warning[];
}

type DeclaredCoordinates = NonNullable<ZaggConfig["aggregation"]["coordinates"]>;

/**
 * Whole coordinates of the grid first, then declared coordinates with a value per cell, then the fields. A shard's chunks
 * share one object when the config wants them sharded and there is more than one.
 */
export function planHierarchy(
  config: ZaggConfig,
  grid: GridPlugin,
  fields: readonly OutputField[],
  placement: Placement,
): PlannedHierarchy {
  const { storage } = grid;
  const { compression } = config.output;
  const declared = config.aggregation.coordinates ?? {};
  const path = (name: string): string => `${storage.groupPath}/${name}`;
  const cellArray = {
    shape: placement.arrayShape,
    blockShape: storage.shardShape,
    chunkShape: storage.chunkShape,
    sharded: config.output.grid.sharded !== false && chunkCells(storage) < shardCells(storage),
    compression,
    dimensions: storage.dimensions,
  };
  const whole: ArraySpec[] = storage.coordinates.map(({ name, dtype, shape, dimensions, attributes }) => ({
    path: path(name),
    dtype,
    shape,
    blockShape: shape,
    chunkShape: shape,
    sharded: false,
    compression,
    dimensions,
    fillValue: 0,
    attributes,
  }));
  const perCell: ArraySpec[] = storage.cellCoordinates
    .filter(({ name, always }) => always || name in declared)
    .map((coordinate) => ({
      ...cellArray,
      path: path(coordinate.name),
      dtype: coordinate.dtype,
      fillValue: coordinateFill(declared, coordinate.name, coordinate.dtype) ?? coordinate.fillValue,
      attributes: coordinate.attributes,
    }));
  const chunkArray = {
    ...cellArray,
    shape: divided(placement.arrayShape, storage.chunkShape),
    blockShape: divided(storage.shardShape, storage.chunkShape),
    chunkShape: divided(storage.shardShape, storage.chunkShape),
    sharded: false,
    dimensions: storage.chunkDimensions,
  };
  const namesOf = vectorDimensions(fields);
  const data: ArraySpec[] = fields.map((field) => ({
    ...withTrailing(
      field.resolution === "chunk" ? chunkArray : cellArray,
      field.trailingShape,
      namesOf(field),
    ),
    path: path(field.name),
    dtype: field.dtype,
    fillValue: field.fillValue,
    ...(field.kind === "ragged" ? { ragged: { innerShape: field.innerShape } } : {}),
    attributes: {
      ...(field.resolution === "cell" ? storage.arrayAttributes : {}),
      ...field.attributes,
      // As text: other formats that stores are copied to, such as netCDF, have no objects in attributes.
      provenance: JSON.stringify(provenance(config, field)),
    },
  }));
  return {
    hierarchy: { groups: groups(grid), arrays: [...whole, ...perCell, ...data] },
    warnings: coordinateWarnings(declared, grid),
  };
}

type Extents = Pick<ArraySpec, "shape" | "blockShape" | "chunkShape" | "dimensions">;

/** An array with a field's trailing shape, which is never cut: a cell's vector is in one chunk. */
function withTrailing<A extends Extents>(array: A, trailing: readonly number[], names: readonly string[]): A {
  return {
    ...array,
    shape: [...array.shape, ...trailing],
    blockShape: [...array.blockShape, ...trailing],
    chunkShape: [...array.chunkShape, ...trailing],
    dimensions: [...array.dimensions, ...names],
  };
}

/**
 * Names of the trailing dimensions of a field: `vector`, or `vector_0` … of several. A name that fields of unlike extents
 * would share begins with the field's own: a dimension of a group has one length for xarray.
 */
function vectorDimensions(fields: readonly OutputField[]): (field: OutputField) => readonly string[] {
  const plain = (trailing: readonly number[]): readonly string[] =>
    trailing.map((_, axis) => (trailing.length === 1 ? "vector" : `vector_${axis}`));
  const extents = new Map<string, Set<number>>();
  for (const { trailingShape } of fields) {
    for (const [axis, name] of plain(trailingShape).entries())
      extents.set(name, (extents.get(name) ?? new Set()).add(trailingShape[axis]!));
  }
  return ({ name: field, trailingShape }) =>
    plain(trailingShape).map((name) => (extents.get(name)?.size === 1 ? name : `${field}_${name}`));
}

function divided(shape: readonly number[], by: readonly number[]): readonly number[] {
  return shape.map((extent, axis) => extent / by[axis]!);
}

/** The root and every group on the way to the grid's own, parents first. */
function groups({ storage }: GridPlugin): GroupSpec[] {
  const segments = storage.groupPath.split("/");
  const parents = segments.map((_segment, i) => ({ path: segments.slice(0, i).join("/"), attributes: {} }));
  return [...parents, { path: storage.groupPath, attributes: storage.attributes }];
}

/** How a field came to be, for whoever opens the store. */
function provenance({ aggregation }: ZaggConfig, { name, resolution }: OutputField): JsonObject {
  const variable = aggregation.variables[name]!;
  const params = variable.params as JsonObject;
  const how =
    variable.expression !== undefined
      ? { expression: variable.expression }
      : {
          function: variable.function ?? "",
          ...(variable.source === undefined ? {} : { source: variable.source }),
          ...(Object.keys(params).length === 0 ? {} : { params }),
        };
  return { ...how, ...(resolution === "chunk" ? { resolution } : {}) };
}

function coordinateFill(
  declared: DeclaredCoordinates,
  name: string,
  dtype: ArraySpec["dtype"],
): FillValue | undefined {
  const fill = declared[name]?.fill_value;
  return fill === undefined ? undefined : fillValueOf(fill, dtype, false);
}

function coordinateWarnings(declared: DeclaredCoordinates, grid: GridPlugin): Warning[] {
  const known = new Map(grid.storage.cellCoordinates.map(({ name, dtype }) => [name, dtype]));
  return Object.entries(declared).flatMap(([name, coordinate]) => {
    const own = known.get(name);
    const dtype = coordinate?.dtype;
    if (own !== undefined && (dtype === undefined || dtype === own)) return [];
    return [
      {
        code: "COORDINATE_IGNORED",
        path: `/aggregation/coordinates/${name}`,
        what:
          own === undefined
            ? `the coordinate "${name}" is declared`
            : `the coordinate "${name}" is declared as ${String(dtype)}`,
        why:
          own === undefined
            ? `a ${grid.type} grid has no such coordinate, so nothing is stored under that name`
            : `a ${grid.type} grid stores it as ${own}, which holds every value exactly`,
        mend: own === undefined ? "remove it" : `declare ${own}`,
      },
    ];
  });
}
