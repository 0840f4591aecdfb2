/** The configurations of the demo: two aggregations over one grid, so that one shard map serves both. */

export interface DemoConfig {
  /** File name. */
  readonly name: string;
  /** What it is for, in a few words. */
  readonly title: string;
  /** YAML. */
  readonly text: string;
}

/** Elevation statistics in the manner of ATL15, and the roughness of the same surface. */
export function demoConfigs(): readonly [elevation: DemoConfig, roughness: DemoConfig] {
  return [
    { name: "elevation.yaml", title: "elevation", text: `${DATA_SOURCE}\n${ELEVATION}\n${GRID}` },
    {
      name: "roughness.yaml",
      title: "roughness, by the same shard map",
      text: `${DATA_SOURCE}\n${ROUGHNESS}\n${GRID}`,
    },
  ];
}

const DATA_SOURCE = `# Which points: six beams of land-ice heights, the trusted ones.
data_source:
  reader: hdf5
  driver: file
  groups: [gt1l, gt1r, gt2l, gt2r, gt3l, gt3r]
  coordinates:
    latitude: "/{group}/land_ice_segments/latitude"
    longitude: "/{group}/land_ice_segments/longitude"
  variables:
    h_li: "/{group}/land_ice_segments/h_li"
    s_li: "/{group}/land_ice_segments/h_li_sigma"
  quality_filter:
    dataset: "/{group}/land_ice_segments/atl06_quality_summary"
    value: 0
`;

const ELEVATION = `# What to make of the points of each cell.
aggregation:
  coordinates:
    cell_ids: { dtype: uint64, fill_value: 0 }
    morton: { dtype: uint64, fill_value: 0 }
  variables:
    count:
      function: len
      source: h_li
      dtype: int32
      fill_value: 0
      attrs: { units: "1", long_name: number of segments }
    h_min: { function: min, source: h_li, attrs: { units: m, long_name: lowest height } }
    h_max: { function: max, source: h_li, attrs: { units: m, long_name: greatest height } }
    h_mean:
      function: average
      source: h_li
      params: { weights: "1.0 / s_li**2" }
      attrs: { units: m, long_name: mean height weighted by its error }
    h_sigma:
      expression: "1.0 / np.sqrt(np.sum(1.0 / s_li**2))"
      attrs: { units: m, long_name: error of the mean height }
    h_median: { function: median, source: h_li, attrs: { units: m, long_name: median height } }
`;

const ROUGHNESS = `# Other fields of the same cells.
aggregation:
  coordinates:
    cell_ids: { dtype: uint64, fill_value: 0 }
  variables:
    count:
      function: len
      source: h_li
      dtype: int32
      fill_value: 0
      attrs: { units: "1", long_name: number of segments }
    h_std: { function: std, source: h_li, attrs: { units: m, long_name: standard deviation of height } }
    h_q05: { function: quantile, source: h_li, params: { q: 0.05 }, attrs: { units: m, long_name: 5 % of heights lie below } }
    h_q95: { function: quantile, source: h_li, params: { q: 0.95 }, attrs: { units: m, long_name: 95 % of heights lie below } }
    s_mean: { function: mean, source: s_li, attrs: { units: m, long_name: mean error of a height } }
`;

const GRID = `# Where: shards of order 6 (about 102 km across), cells of order 12 (about 1.6 km), packed shard by shard.
output:
  grid:
    type: healpix
    indexing_scheme: nested
    parent_order: 6
    child_order: 12
    layout: dense
`;
