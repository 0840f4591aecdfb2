"""Writes test/fixtures/projections.json: what PROJ gives for every projection that the grid takes, and for datums named in WKT.

Run from the package folder: `"$(bash ../../tools/interop/python.sh numpy pyproj)" tools/proj/generate_projections.py`; then lay the file out
with prettier.
Per projection: a string with everything at its default, typical ones, and the last of these in the dialects of WKT that have it. Points lie
about the centre and all over the world; those that PROJ does not bring back to where they were have no position here.
"""

import json
import re

import pyproj
from families import RETURN, Random, answers, parsed, points
from pyproj import CRS

EVERYWHERE = [(0, 0), (17.3, 52.1), (-101.7, 38.4), (139.2, -33.6), (-38.9, -71.2), (64.5, 81.3)]
STRINGS = {
    "longlat": ["", "+datum=WGS84 +lon_wrap=180", "+ellps=clrk80ign +pm=paris", "+ellps=bessel +towgs84=598.1,73.7,418.2,0.202,0.045,-2.455,6.7"],
    "aea": ["+lat_1=30", "+lat_1=55 +lat_2=65 +lat_0=50 +lon_0=-154 +ellps=GRS80", "+lat_1=-18 +lat_2=-36 +lon_0=132 +R=6371000"],
    "aeqd": ["", "+lat_0=-90 +lon_0=20", "+lat_0=40 +lon_0=-100 +R=6371000", "+lat_0=53 +lon_0=24 +ellps=krass +units=km"],
    "bonne": ["+lat_1=40", "+lat_1=-35 +lon_0=140 +ellps=bessel", "+lat_1=90 +R=6371000"],
    "cass": ["", "+lat_0=10.4416666666667 +lon_0=-61.3333333333333 +x_0=86501.46 +y_0=65379.01 +ellps=clrk66", "+lat_0=30 +R=6371000"],
    "cea": ["", "+lat_ts=30 +lon_0=20 +ellps=GRS80", "+lat_ts=-45 +R=6371228"],
    "eck6": ["", "+lon_0=150 +x_0=1000"],
    "eqc": ["", "+lat_ts=42 +lat_0=10 +lon_0=12.5", "+lat_ts=30 +R=6371000"],
    "eqdc": ["+lat_1=30", "+lat_1=29.5 +lat_2=45.5 +lat_0=37.5 +lon_0=-96 +ellps=clrk66", "+lat_1=15 +lat_2=65 +lat_0=30 +R=6371000"],
    "eqearth": ["", "+lon_0=150 +ellps=bessel", "+R=6371000"],
    "geos": ["+h=35786023", "+h=35785831 +lon_0=9.5 +ellps=intl", "+h=35786023 +lon_0=-75 +sweep=x +ellps=GRS80", "+h=5000000 +R=6371000"],
    "gnom": ["", "+lat_0=90 +lon_0=-50", "+lat_0=-40 +lon_0=140 +ellps=bessel", "+lat_0=30 +R=6371000"],
    "krovak": ["", "+lat_0=49.5 +lon_0=24.8333333333333 +alpha=30.2881397527778 +k=0.9999 +ellps=bessel"],
    "laea": ["", "+lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80", "+lat_0=-90", "+lat_0=90 +lon_0=-100 +R_A"],
    "lcc": ["+lat_1=30 +lat_0=30", "+lat_1=49 +lat_2=44 +lat_0=46.5 +lon_0=3 +x_0=700000 +y_0=6600000 +ellps=GRS80", "+lat_1=-20 +lat_2=-50 +R=6371000", "+lat_1=46.8 +lat_0=46.8 +k_0=0.99987742 +x_0=600000 +y_0=2200000 +ellps=clrk80ign +pm=paris"],
    "merc": ["", "+k=0.997 +lon_0=110 +x_0=3900000 +y_0=900000 +ellps=bessel", "+lat_ts=-41 +lon_0=100 +units=us-ft"],
    "mill": ["", "+lon_0=90 +R=6371000"],
    "moll": ["", "+lon_0=-120"],
    "nsper": ["+h=35786000", "+h=5500000 +lat_0=40 +lon_0=-100", "+h=1000 +lat_0=52 +lon_0=17"],
    "ob_tran": ["+o_proj=longlat +o_lat_p=37.5", "+o_proj=longlat +o_lat_p=39.25 +o_lon_p=0 +lon_0=18 +R=6371229"],
    "omerc": ["+alpha=30", "+lat_0=4 +lonc=115 +alpha=53.3158204722222 +gamma=53.1301023611111 +k=0.99984 +no_uoff +ellps=evrstSS", "+lat_0=57 +lonc=-133.666666666667 +alpha=323.130102361111 +k=0.9999 +x_0=5000000 +y_0=-5000000 +ellps=GRS80"],
    "ortho": ["", "+lat_0=40 +lon_0=-100", "+lat_0=90 +ellps=bessel", "+lat_0=-20 +lon_0=140 +R=6371000 +k_0=0.5"],
    "poly": ["", "+lat_0=-12 +lon_0=-54 +x_0=5000000 +y_0=10000000 +ellps=aust_SA", "+lat_0=30 +R=6371000"],
    "sinu": ["", "+R=6371007.181", "+lon_0=-90 +ellps=clrk66"],
    "somerc": ["", "+lat_0=46.9524055555556 +lon_0=7.43958333333333 +k_0=1 +x_0=600000 +y_0=200000 +ellps=bessel +towgs84=674.374,15.056,405.346"],
    "stere": ["", "+lat_0=90 +lat_ts=70 +lon_0=-45", "+lat_0=-90 +k=0.994 +x_0=2000000 +y_0=2000000", "+lat_0=60 +lon_0=10 +R=6371229", "+lat_0=52 +lon_0=5 +k_0=0.9999 +ellps=bessel"],
    "sterea": ["", "+lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel"],
    "tmerc": ["", "+lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy", "+lon_0=9 +R=6371000", "+lat_0=53d30'N +lon_0=8dW +units=us-ft"],
    "tpers": ["+h=5500000 +lat_0=40", "+h=1000000 +lat_0=-20 +lon_0=140 +tilt=15 +azi=40 +ellps=GRS80"],
    "utm": ["+zone=32", "+zone=55 +south +ellps=GRS80", "+zone=1 +units=km"],
    "vandg": ["", "+lon_0=100 +R=6371000"],
    "webmerc": ["", "+lon_0=150 +datum=WGS84"],
}
DIALECTS = ["WKT1_GDAL", "WKT1_ESRI", "WKT2_2019"]
# Codes in a dialect that does not name the code: the datum's name has to do. Also datums that PROJ shifts in more than one way.
DATUMS = [
    (2056, "WKT1_ESRI"), (21781, "WKT1_GDAL"), (27700, "WKT1_ESRI"), (28992, "WKT1_ESRI"), (31370, "WKT1_ESRI"), (2100, "WKT1_ESRI"),
    (27572, "WKT1_GDAL"), (27572, "WKT2_2019"), (29903, "WKT2_2019"), (3035, "WKT1_GDAL"), (5070, "WKT1_ESRI"), (3577, "WKT2_2019"), (2193, "WKT1_ESRI"),
    (3979, "WKT1_GDAL"), (4490, "WKT2_2019"), (3408, "WKT1_ESRI"), (3411, "WKT2_2019"), (3857, "WKT1_ESRI"), (20007, "WKT1_GDAL"),
    (5514, "WKT1_GDAL"), (23032, "WKT1_ESRI"), (4267, "WKT2_2019"), (31468, "WKT1_GDAL"), (4301, "WKT1_GDAL"),
]  # fmt: skip
BOUND = "+proj=laea +lat_0=52 +lon_0=10 +ellps=bessel +towgs84=598.1,73.7,418.2,0.202,0.045,-2.455,6.7 +pm=paris"


def without_ids(wkt):
    """Identifiers, scopes and areas say nothing about where points go."""
    for pattern in (r',(?:ID|AUTHORITY)\["[^"]*",(?:"[^"]*"|\d+)\]', r",(?:SCOPE|AREA|REMARK)\[\"[^\"]*\"\]", r",BBOX\[[^\]]*\]", r",USAGE\[[^\[\]]*\]"):
        wkt = re.sub(pattern, "", wkt)
    return re.sub(r",USAGE\[SCOPE\[[^\]]*\]\]", "", wkt)


def in_dialect(crs, dialect):
    """None where the dialect has no such projection of its own. WKT1 does not say which way a geostationary scanner sweeps."""
    try:
        wkt = crs.to_wkt(dialect)
    except pyproj.exceptions.CRSError:
        return None
    is_foreign = re.search(r'"(PROJ[ _]\w+|custom_proj4|Geostationary_Satellite)"|METHOD\["PROJ ', wkt)
    return None if is_foreign else wkt


def case(name, form, text, at):
    crs, why = parsed(text)
    if crs is None:
        raise SystemExit(f"PROJ does not take {text}: {why}")
    positions, returns = answers(crs, at)
    rows = []
    for point, position, distance in zip(at, positions, returns):
        comes_back = position is not None and distance is not None and distance < RETURN
        rows.append([*point, *(float(f"{value:.13g}") for value in position)] if comes_back else list(point))
    return {"name": name, "form": form, "crs": text, "points": rows}


def main():
    r = Random(1)
    cases = []
    for name, strings in STRINGS.items():
        for parameters in strings:
            text = f"+proj={name} {parameters}".strip()
            crs, why = parsed(text)
            if crs is None:
                raise SystemExit(f"PROJ does not take {text}: {why}")
            near = [(round(lon, 3), round(lat, 3)) for lon, lat in points(r, crs, 8)[4:]]
            cases.append(case(name, "PROJ string", text, [*EVERYWHERE, *near]))
        for dialect in DIALECTS:
            wkt = in_dialect(crs, dialect)
            if wkt is not None:
                cases.append(case(name, dialect, without_ids(wkt), [*EVERYWHERE[1:3], *near]))
    for code, dialect in DATUMS:
        crs = CRS.from_epsg(code)
        west, south, east, north = crs.area_of_use.bounds
        at = [(round(west + (east - west) * a, 3), round(south + (north - south) * b, 3)) for a, b in ((0.3, 0.6), (0.5, 0.5), (0.6, 0.3))]
        cases.append({**case("datum", dialect, without_ids(crs.to_wkt(dialect)), at), "epsg": code})
    for dialect in ("WKT1_GDAL", "WKT2_2019"):
        cases.append(case("datum", dialect, without_ids(CRS(BOUND).to_wkt(dialect)), [(10, 52), (3, 47)]))
    table = {"made": f"pyproj {pyproj.__version__}, PROJ {pyproj.proj_version_str}, tools/proj/generate_projections.py", "cases": cases}
    with open("test/fixtures/projections.json", "w") as out:
        json.dump(table, out)
        out.write("\n")
    print(len(cases), "CRSs,", sum(len(one["points"]) for one in cases), "points")


main()
