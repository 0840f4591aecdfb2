"""Writes test/fixtures/wkt.json and test/fixtures/cells.csv with pyproj and NumPy.

Run from the package folder: `python tools/generate_fixtures.py`.
"""

import csv
import json
import warnings

import numpy as np
import pyproj

warnings.simplefilter("ignore")
pyproj.network.set_network_enabled(False)

WKT_CODES = [4326, 3031, 3035, 3413, 3857, 3976, 5070, 6931, 6933, 32618, 32733]
with open("test/fixtures/wkt.json", "w") as out:
    table = {
        f"EPSG:{code}": {
            version: pyproj.CRS.from_epsg(code).to_wkt(version) for version in ("WKT1_GDAL", "WKT1_ESRI", "WKT2_2019")
            if (code, version) != (6933, "WKT1_ESRI")  # Behrmann, which proj4 does not have
        }
        for code in WKT_CODES
    }
    json.dump(table, out, indent=1)
    out.write("\n")

# Cell ids by NumPy's own floor division: crs, resolution, xmin, ymax, width, height.
GRIDS = [
    ("EPSG:4326", 0.1, -180.0, 90.0, 3840, 2048),
    ("EPSG:4326", 0.0001, -180.0, 90.0, 3600128, 1800192),
    ("EPSG:3031", 5000.0, -3200000.0, 3200000.0, 1280, 1280),
    ("EPSG:3413", 0.7, -1000000.0, 1000000.0, 2857472, 2857472),
    ("EPSG:32618", 10.0, 358300.0, 4311600.0, 1200, 1200),
]
rng = np.random.default_rng(7)
with open("test/fixtures/cells.csv", "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["crs", "resolution", "xmin", "ymax", "width", "height", "lon_deg", "lat_deg", "cell_id"])
    for crs, size, xmin, ymax, width, height in GRIDS:
        back = pyproj.Transformer.from_crs(crs, 4326, always_xy=True)
        there = pyproj.Transformer.from_crs(4326, crs, always_xy=True)
        # A fifth of the points off the grid. In degrees also points on cell edges, where rounding decides.
        x = xmin + rng.uniform(-0.1, 1.1, 40) * width * size
        y = ymax - rng.uniform(-0.1, 1.1, 40) * height * size
        if crs == "EPSG:4326":
            x[20:] = np.round(x[20:] / size) * size
            y[20:] = np.round(y[20:] / size) * size
            y = np.clip(y, -90, 90)
        lon, lat = back.transform(x, y)
        px, py = there.transform(lon, lat)
        column = np.floor_divide(px - xmin, size)
        row = np.floor_divide(ymax - py, size)
        inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
        for i in range(len(x)):
            cell = int(row[i]) * width + int(column[i]) if inside[i] else -1
            writer.writerow([crs, size, xmin, ymax, width, height, repr(float(lon[i])), repr(float(lat[i])), cell])
