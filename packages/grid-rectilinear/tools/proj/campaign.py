"""Random CRSs with what PROJ gives for them, one JSON object a line: `python campaign.py SEED SECONDS`.

Kinds: "string" (PROJ strings that must be taken), "broken" (strings with a fault, to refuse or to read as PROJ does), "wkt"
(the strings in four dialects), "epsg" (codes given as a third argument, comma-separated).
"""

import json
import sys
import time

import numpy as np
from families import FAMILIES, Random, answers, parsed, points, random_string, text_of
from pyproj import CRS

COUNT = 16
DIALECTS = ["WKT1_GDAL", "WKT1_ESRI", "WKT2_2015", "WKT2_2019"]
UNREAD = [
    "lat_3=10", "foo=1", "lon_wrap=180", "over", "axis=wnu", "axis=neu", "geoidgrids=egm96_15.gtx", "vunits=ft", "k=0.5",
    "lat_1=30", "lat_ts=40", "alpha=20", "gamma=10", "h=1000", "zone=12", "south", "tilt=5", "nadgrids=conus", "towgs84=1,2",
    "units=furlong", "to_meter=x", "pm=nowhere", "ellps=wgs84", "datum=ch1903", "lon_0=abc", "lat_0=91", "x_0=5km", "R=-1",
    "sweep=z", "approx", "algo=evenden_snyder", "no_rot", "czech", "hyperbolic", "guam", "f=0.5", "rf=1", "es=0.006", "R_V", "o_lat_p=45",
    "init=epsg:4326", "type=crs", "no_defs", "lon_0=400", "k_0=0", "k=-1",
]
ELSEWHERE = "robin qsc gstmerc nzmg wag4 igh hammer nell_h wintri aitoff ups healpix rhealpix natearth tcea airy lsat mod_krovak".split()


def emit(kind, name, text, crs, r, at=None):
    at = at or points(r, crs, COUNT)
    positions, returns = answers(crs, at)
    print(json.dumps({"kind": kind, "name": name, "crs": text, "points": at, "positions": positions, "returns": returns}))


def main(seed, seconds, codes):
    r = Random(seed)
    end = time.monotonic() + seconds
    names = list(FAMILIES)
    while time.monotonic() < end:
        for name in names:
            text = random_string(r, name)
            crs, why = parsed(text)
            if crs is None:
                print(json.dumps({"kind": "string", "name": name, "crs": text, "refusal": why}))
                continue
            emit("string", name, text, crs, r)
            broken(r, name, text)
            wkt(r, name, crs)
        for name in [r.pick(*ELSEWHERE)]:
            text = text_of({"proj": name, **r.pick({"lon_0": 10}, {}), **r.pick({"datum": "WGS84"}, {"R": 6371000})})
            crs, why = parsed(text)
            if crs is not None:
                emit("broken", name, text, crs, r)
        for code in [r.pick(*codes) for _ in range(8)]:
            epsg(r, code)


def broken(r, name, text):
    extra = "+" + r.pick(*UNREAD)
    mended = r.pick(f"{text} {extra}", text.replace(" ", f" {extra} ", 1), text.replace("=", "==", 1), f"{text} {extra}")
    crs, why = parsed(mended)
    if crs is None:
        print(json.dumps({"kind": "broken", "name": name, "crs": mended, "refusal": why}))
    else:
        emit("broken", name, mended, crs, r)


def wkt(r, name, crs):
    dialect = r.pick(*DIALECTS)
    try:
        text = crs.to_wkt(dialect)
    except Exception:  # PROJ has no such dialect of it
        return
    if text and "PROJ " not in text and "custom_proj4" not in text:
        again, _ = parsed(text)
        if again is not None:
            emit("wkt", name, text, again, r)


def epsg(r, code):
    crs = CRS.from_epsg(code)
    west, south, east, north = crs.area_of_use.bounds
    east = east + 360 if east < west else east
    lon = (r.rng.uniform(west, east, COUNT) + 540) % 360 - 180
    lat = r.rng.uniform(south, north, COUNT)
    at = [(round(float(a), 7), round(float(b), 7)) for a, b in zip(lon, lat)]
    emit("epsg", "EPSG", f"EPSG:{code}", crs, r, at)
    text = crs.to_wkt(r.pick(*DIALECTS))
    if text:
        emit("wkt", "EPSG", text, CRS(text), r, at)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), [int(code) for code in sys.argv[3].split(",")])
