"""Opens what write-catalog-samples.mjs wrote with pyarrow, geopandas and DuckDB, and compares every value.

Usage: check_catalog.py FOLDER. Exits 1 when anything differs; a warning is an error.
"""

import json
import sys
import warnings
from datetime import datetime
from pathlib import Path

import duckdb
import geopandas
import pyarrow
import pyarrow.parquet as pq
from shapely.geometry import shape


class Check:
    """Counts comparisons and prints those that fail."""

    def __init__(self) -> None:
        self.done = 0
        self.failed = 0

    def same(self, what: str, found, expected) -> None:
        self.done += 1
        if found != expected:
            self.failed += 1
            print(f"DIFFERS {what}: found {found!r}, expected {expected!r}")


def moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def check_arrow(folder: Path, facts: dict, check: Check) -> None:
    file = pq.ParquetFile(folder / "items.parquet")
    check.same("row groups", file.num_row_groups, facts["rowGroups"])
    metadata = {key.decode(): json.loads(value) for key, value in file.metadata.metadata.items() if key != b"ARROW:schema"}
    check.same("metadata keys", sorted(metadata), ["geo", "stac-geoparquet", "zagg:catalog_meta"])
    check.same("catalog metadata", metadata["zagg:catalog_meta"],
               {"source": "samples", "short_name": "ATL06", "total_granules": facts["count"]})
    check.same("geometry types", metadata["geo"]["columns"]["geometry"]["geometry_types"], ["MultiPolygon", "Polygon"])
    rows = file.read().to_pylist()
    check.same("rows", len(rows), facts["count"])
    for row, item in zip(rows, facts["items"]):
        for name in ("id", "collection", "bytes"):
            check.same(f"{item['id']} {name}", row[name], item[name])
        for name, key in (("start_datetime", "start"), ("datetime", "start"), ("end_datetime", "end"), ("updated", "updated")):
            check.same(f"{item['id']} {name}", row[name], moment(item[key]))
        box = None if item["bbox"] is None else dict(zip(("xmin", "ymin", "xmax", "ymax"), item["bbox"]))
        check.same(f"{item['id']} bbox", row["bbox"], box)
        for name in ("data", "data_s3", "metadata"):
            asset = row["assets"][name]
            found = None if asset is None else {key: value for key, value in asset.items() if value is not None}
            check.same(f"{item['id']} {name}", found, item["assets"].get(name))


def check_geopandas(folder: Path, facts: dict, check: Check) -> None:
    frame = geopandas.read_parquet(folder / "items.parquet")
    check.same("geopandas rows", len(frame), facts["count"])
    check.same("geopandas CRS", frame.crs.to_string(), "OGC:CRS84")
    for found, item in zip(frame.geometry, facts["items"]):
        expected = None if item["geometry"] is None else shape(item["geometry"])
        check.same(f"{item['id']} geometry", found == expected, True)
    box = (-10, -60, 10, 60)
    expected = [item["id"] for item in facts["items"] if item["bbox"] is not None
                and item["bbox"][0] <= box[2] and item["bbox"][2] >= box[0] and item["bbox"][1] <= box[3] and item["bbox"][3] >= box[1]]
    check.same("geopandas bbox filter", geopandas.read_parquet(folder / "items.parquet", bbox=box)["id"].tolist(), expected)
    check.same("geopandas empty", len(geopandas.read_parquet(folder / "empty.parquet")), 0)
    orbit = geopandas.read_parquet(folder / "orbit.parquet")
    check.same("orbit is valid", orbit.geometry.geom_type.tolist(), ["Polygon"])


def check_duckdb(folder: Path, facts: dict, check: Check) -> None:
    connection = duckdb.connect()
    path = folder / "items.parquet"
    types = {name: kind for name, kind, *_ in connection.execute(f"describe select * from '{path}'").fetchall()}
    check.same("DuckDB geometry", types["geometry"].split("(")[0] in ("GEOMETRY", "BLOB"), True)
    check.same("DuckDB bbox", types["bbox"], "STRUCT(xmin DOUBLE, ymin DOUBLE, xmax DOUBLE, ymax DOUBLE)")
    check.same("DuckDB times", types["start_datetime"], "TIMESTAMP WITH TIME ZONE")
    query = f"select count(*), count(geometry), sum(bytes), min(bbox.xmin), count(assets.data_s3.href) from '{path}'"
    items = facts["items"]
    check.same("DuckDB sums", connection.execute(query).fetchall()[0], (
        len(items),
        sum(item["geometry"] is not None for item in items),
        sum(item["bytes"] or 0 for item in items),
        min(item["bbox"][0] for item in items if item["bbox"]),
        sum("data_s3" in item["assets"] for item in items),
    ))
    check.same("DuckDB empty", connection.execute(f"select count(*) from '{folder / 'empty.parquet'}'").fetchall()[0], (0,))


def main(folder: Path) -> int:
    warnings.simplefilter("error")
    facts = json.loads((folder / "facts.json").read_text())
    check = Check()
    for run in (check_arrow, check_geopandas, check_duckdb):
        run(folder, facts, check)
    versions = f"pyarrow {pyarrow.__version__}, geopandas {geopandas.__version__}, duckdb {duckdb.__version__}"
    print(f"{check.done - check.failed} of {check.done} comparisons agree ({versions})")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
