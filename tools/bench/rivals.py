"""Times other libraries on request: one JSON task a line in, {"seconds": s} a line out. Arrays come from files."""

import functools
import importlib
import json
import sys
import time

MODULES = {}
for name in ("numpy", "healpy", "mortie", "pandas", "polars", "duckdb"):
    try:
        MODULES[name] = importlib.import_module(name)
    except Exception:  # a package that is absent or broken is left out
        pass
if "numpy" not in MODULES:
    MODULES = {}
rivals = [name for name in MODULES if name != "numpy"]
print(json.dumps(rivals), flush=True)
np = MODULES.get("numpy")


@functools.lru_cache(maxsize=8)
def load(path, dtype):
    return np.fromfile(path, dtype=dtype)


def healpy(task):
    lon, lat = load(task["lon"], "f8"), load(task["lat"], "f8")
    return lambda: MODULES["healpy"].ang2pix(1 << task["order"], lon, lat, nest=True, lonlat=True)


def mortie(task):
    lon, lat = load(task["lon"], "f8"), load(task["lat"], "f8")
    return lambda: MODULES["mortie"].geo2mort(lat, lon, order=task["order"])


QUANTILES = (0.25, 0.5, 0.75)


def pandas(task):
    frame = MODULES["pandas"].DataFrame({"cell": load(task["cell"], "i4"), "h": load(task["h"], "f4")})

    def run():
        groups = frame.groupby("cell", sort=True)["h"]
        plain = groups.agg(["count", "min", "max", "mean"])
        return plain, groups.var(ddof=0), groups.quantile(list(QUANTILES))

    return run


def polars(task):
    pl = MODULES["polars"]
    frame = pl.DataFrame({"cell": load(task["cell"], "i4"), "h": load(task["h"], "f4")})
    h = pl.col("h")
    fields = [h.count().alias("n"), h.min().alias("lo"), h.max().alias("hi"), h.mean().alias("mean"), h.var(ddof=0).alias("var")]
    fields += [h.quantile(q, interpolation="linear").alias(f"q{q}") for q in QUANTILES]
    return lambda: frame.group_by("cell").agg(fields)


def numpy_cells(task):
    """One cell after another, a call a statistic, the expression evaluated by Python."""
    cell, h, s = load(task["cell"], "i4"), load(task["h"], "f4"), load(task["s"], "f4")
    sigma = task["sigma"]

    def run():
        order = np.argsort(cell, kind="stable")
        starts = np.flatnonzero(np.r_[True, np.diff(cell[order]) != 0])
        found = []
        for rows in np.split(order, starts[1:]):
            h_li, s_li = h[rows], s[rows]
            scope = {"np": np, "h_li": h_li, "s_li": s_li}
            stats = [len(h_li), float(np.min(h_li)), float(np.max(h_li))]
            weights = eval("1.0 / s_li**2", {"__builtins__": {}}, scope)
            stats.append(float(np.average(h_li, weights=weights)))
            stats.append(float(eval(sigma, {"__builtins__": {}}, scope)))
            stats.append(float(np.var(h_li)))
            stats += [float(np.quantile(h_li, q)) for q in QUANTILES]
            found.append(stats)
        return found

    return run


def frame_cells(task):
    """One cell after another as a table's slice, what a field needs looked up by name for each."""
    frame = MODULES["pandas"].DataFrame({name: load(task[name[0]], "f4") for name in ("h_li", "s_li")})
    cell = load(task["cell"], "i4")
    fields = [
        {"function": "len"},
        {"function": "min", "source": "h_li"},
        {"function": "max", "source": "h_li"},
        {"function": "average", "source": "h_li", "params": {"weights": "1.0 / s_li**2"}},
        {"expression": task["sigma"]},
        {"function": "var", "source": "h_li"},
        *({"function": "quantile", "source": "h_li", "params": {"q": q}} for q in QUANTILES),
    ]

    def value(text, columns):
        return eval(text, {"__builtins__": {}}, {"np": np, **columns})

    def statistic(field, columns, rows):
        if "expression" in field:
            return float(value(field["expression"], columns))
        if field["function"] == "len":
            return rows
        given = field.get("params", {})
        params = {name: value(one, columns) if isinstance(one, str) else one for name, one in given.items()}
        return float(getattr(np, field["function"])(columns[field["source"]], **params))

    def run():
        order = np.argsort(cell, kind="stable")
        sorted_frame = frame.iloc[order]
        starts = np.flatnonzero(np.r_[True, np.diff(cell[order]) != 0, True])
        found = []
        for start, stop in zip(starts[:-1], starts[1:]):
            part = sorted_frame.iloc[start:stop]
            columns = {name: part[name].to_numpy() for name in part.columns}
            found.append([statistic(field, columns, stop - start) for field in fields])
        return found

    return run


def duckdb(task):
    db = MODULES["duckdb"].connect()
    db.execute("SET threads = 1")
    columns = {"cell": load(task["cell"], "i4"), "h": load(task["h"], "f4")}
    db.register("columns_in", columns)
    db.execute("CREATE TABLE points AS SELECT * FROM columns_in")
    query = (
        "SELECT cell, count(h), min(h), max(h), avg(h), var_pop(h), "
        + ", ".join(f"quantile_cont(h, {q})" for q in QUANTILES)
        + " FROM points GROUP BY cell"
    )
    return lambda: db.execute(query).fetchnumpy()


prepared = functools.lru_cache(maxsize=2)(lambda text: globals()[json.loads(text)["task"]](json.loads(text)))

for line in sys.stdin:
    task = prepared(line)
    start = time.perf_counter()
    task()
    print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)
