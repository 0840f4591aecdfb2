"""Writes src/crs/datum-shifts.ts: the datums that WKT may name, with the one shift to WGS 84 that PROJ takes everywhere in their land.

Run from the package folder: `"$(bash ../../tools/interop/python.sh numpy pyproj)" tools/generate_datums.py`; then lay the file out with
prettier. It takes some minutes.
A datum is left out if PROJ shifts it one way here and another way there: in its own area, or in that of a projected CRS on it.
"""

import re
import sqlite3
import sys
import warnings

import numpy as np
import pyproj
from pyproj import CRS, Transformer
from pyproj.transformer import TransformerGroup

warnings.simplefilter("ignore")
pyproj.network.set_network_enabled(False)

POINTS = 60
PROJECTED = 12
# A shift is the same if it puts points within this of where PROJ puts them, metres.
TOLERANCE = 1e-3
METRES_PER_DEGREE = 111_320
# Seven parameters of codes that the grid knows, which PROJ's own description of an operation may give in other units.
KNOWN = set(re.findall(r"\+towgs84=([-\d.,]+)", open("src/crs/epsg-definitions.ts").read()))
# PROJ takes these shifts but for the edges of their land: NAD83 in Hawaii, the Aleutians and east of 47.7 W, OSGB36 off the coasts.
NEARLY_EVERYWHERE = {
    4269: "",
    4617: "-0.991,1.9072,0.5129,0.0257899075194932,0.0096500989602704,0.0116599432323421,0",
    4277: "446.448,-125.157,542.06,0.15,0.247,0.842,-20.489",
}

rng = np.random.default_rng(11)
database = sqlite3.connect(pyproj.datadir.get_data_dir() + "/proj.db")


def sample(area):
    west, south, east, north = area.bounds
    east = east + 360 if east < west else east
    lon = rng.uniform(west, east, POINTS)
    return np.where(lon > 180, lon - 360, lon), rng.uniform(south, north, POINTS)


def degrees(crs, lon, lat):
    """Greenwich longitudes and latitudes on the datum of a geographic CRS, from its own coordinates."""
    factor = np.degrees(crs.axis_info[0].unit_conversion_factor)
    meridian = crs.prime_meridian
    start = meridian.longitude * np.degrees(meridian.unit_conversion_factor) if meridian else 0
    return lon * factor + start, lat * factor


def on_datum(crs, lon, lat):
    """Where PROJ puts points of WGS 84 on the datum of a geographic or projected CRS."""
    x, y = Transformer.from_crs(4326, crs, always_xy=True).transform(lon, lat)
    if crs.is_projected:
        base = crs.geodetic_crs
        x, y = Transformer.from_crs(base, crs, always_xy=True).transform(x, y, direction="INVERSE")
        crs = base
    return degrees(crs, x, y)


def shifted(ellipsoid, parameters, lon, lat):
    if parameters == "":
        return lon, lat
    text = f"+proj=longlat +a={ellipsoid.semi_major_metre!r} +b={ellipsoid.semi_minor_metre!r} +towgs84={parameters}"
    return Transformer.from_crs(4326, CRS(text), always_xy=True).transform(lon, lat)


def apart(a, b, lat):
    lon_difference = (a[0] - b[0] + 540) % 360 - 180
    distance = np.hypot(lon_difference * np.cos(np.radians(lat)), a[1] - b[1]) * METRES_PER_DEGREE
    return np.inf if np.isnan(distance).any() else distance.max()


def number(value):
    return repr(float(value)).removesuffix(".0")


def candidates(crs):
    yield ""
    yield from sorted(KNOWN)
    for transformer in TransformerGroup(crs, 4326, always_xy=True).transformers:
        description = transformer.to_json_dict()
        steps = [step for step in description.get("steps", [description]) if "parameters" in step]
        steps = [step for step in steps if "rotation" in str(step["parameters"]) or "translation" in str(step["parameters"])]
        if len(steps) != 1:
            continue
        values = {parameter["name"]: parameter["value"] for parameter in steps[0]["parameters"]}
        if "X-axis translation" not in values:
            continue
        parameters = [values[f"{axis}-axis translation"] for axis in "XYZ"]
        if "X-axis rotation" in values:
            sign = -1 if "oordinate Frame" in steps[0]["method"]["name"] else 1
            parameters += [sign * values[f"{axis}-axis rotation"] for axis in "XYZ"] + [values["Scale difference"]]
        yield ",".join(number(value) for value in parameters)


def names_of(crs, code):
    """A datum's name in every dialect of WKT, and its aliases."""
    name = (crs.datum or crs.geodetic_crs.datum).name
    yield name
    for (alias,) in database.execute(
        "SELECT alt_name FROM alias_name WHERE table_name = 'geodetic_datum' AND auth_name = 'EPSG' AND code = ?", (code,)
    ):
        yield alias
    for version in ("WKT1_GDAL", "WKT1_ESRI", "WKT2_2015", "WKT2_2019"):
        yield re.search(r'(?:DATUM|ENSEMBLE)\["([^"]+)"', crs.to_wkt(version)).group(1)


def plain(name):
    """As src/crs/named-datum.ts does it."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"^d_", "", name.lower()))


groups = {}
names = {}
left_out = []
geographic = database.execute(
    "SELECT code, datum_code FROM geodetic_crs WHERE auth_name = 'EPSG' AND type = 'geographic 2D' AND deprecated = 0 ORDER BY code + 0"
).fetchall()
for code, datum_code in geographic:
    crs = CRS.from_epsg(int(code))
    ellipsoid = crs.ellipsoid
    projected = database.execute(
        "SELECT code FROM projected_crs WHERE auth_name = 'EPSG' AND geodetic_crs_code = ? AND deprecated = 0 ORDER BY code + 0", (code,)
    ).fetchall()
    chosen = projected[:: max(1, len(projected) // PROJECTED)]
    truths = []
    try:
        for one in [crs, *(CRS.from_epsg(int(row[0])) for row in chosen)]:
            lon, lat = sample(one.area_of_use)
            truths.append((lon, lat, on_datum(one, lon, lat)))
        found = next(
            (
                parameters
                for parameters in candidates(crs)
                if all(apart(shifted(ellipsoid, parameters, lon, lat), truth, lat) < TOLERANCE for lon, lat, truth in truths)
            ),
            None,
        )
    except (pyproj.exceptions.ProjError, AttributeError) as error:
        print("not read:", code, crs.name, str(error)[:80], file=sys.stderr)
        continue
    found = NEARLY_EVERYWHERE.get(int(code), found)
    if found is None:
        left_out.append(f"{crs.name} ({code})")
        continue
    key = (number(ellipsoid.semi_major_metre), number(ellipsoid.inverse_flattening), found)
    for name in {plain(name) for name in names_of(crs, datum_code)}:
        names.setdefault(name, set()).add(key)

for name, keys in sorted(names.items()):
    if len(keys) == 1:
        groups.setdefault(next(iter(keys)), []).append(name)

with open("src/crs/datum-shifts.ts", "w") as out:
    out.write("/**\n * Datums by name: semi-major axis, inverse flattening, shift to WGS 84 as of +towgs84 (empty: none), and names without\n")
    out.write(" * spaces and signs. Generated by tools/generate_datums.py from the EPSG data set; do not edit.\n */\n")
    out.write("export const datumShifts: readonly (readonly [a: number, rf: number, shift: string, names: string])[] = [\n")
    for (a, rf, shift), found in sorted(groups.items(), key=lambda item: (item[0][2] != "", item[1])):
        out.write(f'  [{a}, {rf}, "{shift}", "{" ".join(found)}"],\n')
    out.write("];\n")
print(len(names), "names in", len(groups), "groups; more than one shift:", ", ".join(left_out))
