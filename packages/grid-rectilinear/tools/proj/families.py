"""Projections with random parameters, the points to try them on, and what PROJ gives for each.

Used by generate_projections.py (the golden table) and by campaign.py (the proof). Parameters are those that the grid reads.
"""

import warnings

import numpy as np
import pyproj
from pyproj import CRS, Transformer

if not pyproj.__version__.startswith("3.7"):
    raise SystemExit(f"pyproj 3.7 is needed, as tools/interop/requirements.txt has it; this is {pyproj.__version__}")
warnings.simplefilter("ignore")
pyproj.network.set_network_enabled(False)

EARTH = 6_371_000
# Farther than this from where it was, a point does not come back, metres.
RETURN = 1e-3


class Random:
    """Parameters: now round, now not."""

    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)

    def pick(self, *values):
        return values[int(self.rng.integers(len(values)))]

    def number(self, low, high):
        return round(float(self.rng.uniform(low, high)), int(self.rng.integers(0, 7)))

    def longitude(self):
        return self.pick(self.number(-180, 180), self.number(-180, 180), 0, 180, -180, 90, -45)

    def latitude(self):
        return self.pick(self.number(-80, 80), self.number(-80, 80), 0, 90, -90, 45, -30)

    def oblique(self):
        return self.pick(self.number(-75, 75), 45, -30, 10)

    def height(self):
        return self.pick(self.number(1e5, 1e8), 35_786_023, 5_500_000)

    def parallels(self):
        while True:
            one, other = self.number(-75, 75), self.number(-75, 75)
            if abs(one + other) > 5:
                return {"lat_1": one, "lat_2": other, "lat_0": self.number(-75, 75), "lon_0": self.longitude()}


def centre(r):
    return {"lat_0": r.latitude(), "lon_0": r.longitude()}


def meridian(r):
    return {"lon_0": r.longitude()}


def scaled(r):
    return {r.pick("k", "k_0"): r.number(0.9, 1.1)}


def conformal_cone(r):
    one = r.pick(r.number(5, 75), r.number(-75, -5))
    return r.pick(r.parallels(), {"lat_1": one, "lat_0": one, "lon_0": r.longitude(), **scaled(r)}, {"lat_1": one, "lat_0": 0})


def cylinder(r):
    return {**meridian(r), **r.pick({"lat_ts": r.number(-70, 70)}, scaled(r), {})}


def stereographic(r):
    north, south = {"lat_0": 90, "lat_ts": r.number(1, 90)}, {"lat_0": -90, "lat_ts": r.number(-90, -1)}
    return {**r.pick(north, south, {"lat_0": r.pick(90, -90), **scaled(r)}, {"lat_0": r.latitude(), **scaled(r)}), **meridian(r)}


def oblique_mercator(r):
    base = {"lat_0": r.oblique(), "lonc": r.longitude(), "alpha": r.number(-85, 85), **scaled(r)}
    return {**base, **r.pick({}, {"gamma": r.number(-85, 85)}, {"no_uoff": True}, {"gamma": r.number(-85, 85), "no_off": True})}


FAMILIES = {
    "longlat": lambda r: {},
    "aea": lambda r: r.parallels(),
    "aeqd": centre,
    "bonne": lambda r: {"lat_1": r.pick(r.number(5, 85), r.number(-85, -5)), **meridian(r)},
    "cass": centre,
    "cea": lambda r: {**meridian(r), **r.pick({"lat_ts": r.number(-70, 70)}, {"k": r.number(0.5, 1)}, {})},
    "eck6": meridian,
    "eqc": lambda r: {**centre(r), "lat_ts": r.number(-80, 80)},
    "eqdc": lambda r: r.parallels(),
    "eqearth": meridian,
    "geos": lambda r: {**meridian(r), "h": r.height(), **r.pick({}, {"sweep": "x"}, {"sweep": "y"})},
    "gnom": centre,
    "krovak": lambda r: r.pick({}, {"lat_0": 49.5, "lon_0": 24.8333333333333, "alpha": 30.2881397527778, "k": 0.9999}),
    "laea": centre,
    "lcc": conformal_cone,
    "merc": cylinder,
    "mill": meridian,
    "moll": meridian,
    "nsper": lambda r: {**centre(r), "h": r.height()},
    "ob_tran": lambda r: {"o_proj": "longlat", "o_lat_p": r.number(-89, 89), "o_lon_p": r.longitude(), **meridian(r)},
    "omerc": oblique_mercator,
    "ortho": lambda r: {**centre(r), **r.pick({}, scaled(r))},
    "poly": centre,
    "sinu": meridian,
    "somerc": lambda r: {"lat_0": r.oblique(), **meridian(r), **scaled(r)},
    "stere": stereographic,
    "sterea": lambda r: {**centre(r), **scaled(r)},
    "tmerc": lambda r: {**centre(r), **scaled(r)},
    "tpers": lambda r: {**centre(r), "h": r.height(), "tilt": r.number(-20, 20), "azi": r.number(0, 360)},
    "utm": lambda r: {"zone": r.pick(*range(1, 61)), **r.pick({}, {"south": True})},
    "vandg": meridian,
    "webmerc": meridian,
}
ANGULAR = {"longlat", "ob_tran"}
ELLIPSOIDS = ["WGS84", "GRS80", "bessel", "clrk66", "clrk80ign", "intl", "krass", "airy", "evrst30", "mod_airy", "plessis"]
SHIFTS = ["446.448,-125.157,542.06,0.15,0.247,0.842,-20.489", "674.374,15.056,405.346", "-87,-98,-121", "0,0,0"]
UNITS = ["m", "km", "cm", "us-ft", "ft", "ind-ft", "kmi", "us-mi", "yd", "ch", "link", "fath", "dm", "in", "us-yd", "us-ch", "us-in"]
MERIDIANS = ["paris", "ferro", "rome", "bogota", "lisbon", "jakarta", "oslo", "-12.5", "3.75"]


def figure(r, name):
    """Ellipsoid, sphere or datum."""
    if name == "krovak":
        return r.pick({}, {"ellps": "bessel"}, {"ellps": "bessel", "towgs84": "570.8,85.7,462.8,4.998,1.587,5.261,3.56"})
    if name == "webmerc":
        return r.pick({}, {"datum": "WGS84"})
    sphere = [] if name == "utm" else [{"R": 6371000}, {"a": 6370997, "b": 6370997}, {"ellps": "sphere"}, {"ellps": "WGS84", "R_A": True}]
    ellipsoid = {"ellps": r.pick(*ELLIPSOIDS)}
    return r.pick(
        {},
        {"datum": "WGS84"},
        {"datum": "WGS84"},
        ellipsoid,
        {**ellipsoid, "towgs84": r.pick(*SHIFTS)},
        {"a": 6378388, "rf": 297},
        {"a": 6377563.396, "b": 6356256.909},
        {"a": 6378137, "f": 0.00335281},
        {"ellps": "bessel", "nadgrids": "@null"},
        *sphere,
    )


def text_of(parameters):
    return " ".join(f"+{key}" if value is True else f"+{key}={value}" for key, value in parameters.items())


def random_string(r, name):
    """A PROJ string that PROJ takes, with its parameters in any order and some at their defaults."""
    own = FAMILIES[name](r)
    spare = {"lat_0", "lon_0", "lonc", "lat_2", "o_lon_p"} - ({"lat_0"} if name == "lcc" else set())
    for key in [key for key, value in own.items() if value == 0 and key in spare and r.pick(True, False)]:
        del own[key]
    rest = figure(r, name)
    if name == "cea" and "k" in own:
        rest.pop("R_A", None)
    if name == "ob_tran":
        rest = {key: value for key, value in rest.items() if key not in ("towgs84", "nadgrids", "R_A")}
    if name not in (*ANGULAR, "utm"):
        rest |= r.pick({}, {"x_0": r.number(-1e6, 1e6)}, {"x_0": r.number(-1e6, 1e6), "y_0": r.number(-1e6, 1e6)})
    if name not in ANGULAR:
        rest |= r.pick({}, {}, {"units": "m"}, {"units": r.pick(*UNITS)}, {"to_meter": r.number(0.1, 1000)})
    if name not in ("webmerc", "utm", "ob_tran"):
        rest |= r.pick({}, {}, {}, {"pm": r.pick(*MERIDIANS)})
    rest |= r.pick({}, {"no_defs": True}, {"wktext": True, "no_defs": True})
    items = [*own.items(), *rest.items()]
    r.rng.shuffle(items)
    return text_of({"proj": name, **dict((key, value if value is True else sexagesimal(r, key, value)) for key, value in items)})


def sexagesimal(r, key, value):
    """Now and then an angle in degrees, minutes and seconds."""
    if key not in ("lon_0", "lat_0", "lat_1", "lat_2", "lat_ts", "lonc") or isinstance(value, str) or float(r.rng.random()) > 0.05:
        return value
    minutes = round(abs(value) * 60)
    side = ("W" if value < 0 else "E") if key.startswith("lon") else ("S" if value < 0 else "N")
    return f"{minutes // 60}d{minutes % 60}'{side}"


def points(r, crs, count):
    """All over the world, and about where the projection has its offsets."""
    world = [
        (float(r.rng.uniform(-180, 180)), float(np.degrees(np.arcsin(r.rng.uniform(-1, 1))))) for _ in range(count // 2)
    ]
    try:
        numbers = crs.to_dict()
    except pyproj.exceptions.CRSError:  # it has no PROJ string
        numbers = {}
    lon_0 = degrees(numbers.get("lon_0", numbers.get("lonc", 0)))
    lat_0 = degrees(numbers.get("lat_0", numbers.get("lat_1", 0)))
    near = []
    while len(near) < count - len(world):
        reach = r.pick(0.5, 5, 40)
        lat = lat_0 + float(r.rng.uniform(-reach, reach))
        lon = lon_0 + float(r.rng.uniform(-reach, reach)) / max(0.05, np.cos(np.radians(lat_0)))
        if abs(lat) < 89.99:
            near.append(((lon + 540) % 360 - 180, lat))
    return [(round(lon, 7), round(lat, 7)) for lon, lat in world + near]


def degrees(value):
    try:
        return float(value)
    except ValueError:  # 46d57'N
        return 0


def answers(crs, at):
    """Per point [x, y] and how far from it PROJ's inverse ends, metres; None where PROJ has nothing."""
    transformer = Transformer.from_crs(4326, crs, always_xy=True)
    lon, lat = np.array(at, dtype=float).T
    x, y = transformer.transform(lon, lat)
    back_lon, back_lat = transformer.transform(x, y, direction="INVERSE")
    apart = np.linalg.norm(unit(lon, lat) - unit(back_lon, back_lat), axis=0) * EARTH
    positions, returns = [], []
    for i in range(len(at)):
        is_placed = bool(np.isfinite(x[i]) and np.isfinite(y[i]))
        positions.append([float(x[i]), float(y[i])] if is_placed else None)
        returns.append(float(apart[i]) if is_placed and np.isfinite(apart[i]) else None)
    return positions, returns


def unit(lon, lat):
    lon, lat = np.radians(np.asarray(lon, dtype=float)), np.radians(np.asarray(lat, dtype=float))
    return np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def parsed(text):
    """A CRS, or None and why PROJ does not take it."""
    try:
        crs = CRS(text)
        Transformer.from_crs(4326, crs, always_xy=True).transform(0, 0)
        return crs, None
    except (pyproj.exceptions.CRSError, pyproj.exceptions.ProjError) as error:
        return None, str(error)[:200]
