"""Exact sums, means, variances and medians by cluster against loops and libraries that round at every step.

"several" is sum, mean, min and max in one call; of numbagg and collapse it is four calls.

All are measured in turn in the same run, R's collapse after them; what counts is the ratio,
and each line ends with those to reach on two threads. A peer that is not installed is left out.
Usage: python benchmarks/clusters.py [--rows N] [--repeats N]
    [--statistics sum mean var median several share labels]
"""

import argparse
import ctypes
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Idle threads of BLAS would take part of the cores that are measured.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import labels
import numpy as np
import onrows
from peers import heading, measure, peer

import sndstats as snd

GROUPS = (10, 1_000, 100_000, 1_000_000)
STATISTICS = ("sum", "mean", "var", "median", "several")
#: Shares on the rows and the numbering of labels are measured in scripts of their own, which may run alone.
EVERY = (*STATISTICS, "share", "labels")
SEVERAL = ("sum", "mean", "min", "max")

COLLAPSE = """
suppressMessages(library(collapse))
cat("version", as.character(packageVersion("collapse")), "\\n")
set.seed(1); n <- {rows}; x <- rnorm(n, 100, 50)
for (groups in c({groups})) {{
  g <- GRP(sample.int(groups, n, TRUE), sort = FALSE)
  for (name in c("sum", "mean", "var", "median")) {{
    f <- get(paste0("f", name)); best <- Inf
    for (k in seq_len({repeats})) best <- min(best, system.time(f(x, g))[["elapsed"]])
    cat("run", name, format(groups, scientific = FALSE), best / n * 1e9, "\\n")
  }}
  best <- Inf
  for (k in seq_len({repeats})) best <- min(best, system.time({{
    fsum(x, g); fmean(x, g); fmin(x, g); fmax(x, g)
  }})[["elapsed"]])
  cat("run several", format(groups, scientific = FALSE), best / n * 1e9, "\\n")
}}
"""


def goals(statistic: str, groups: int) -> dict[str, float]:
    """The ratios to reach on two threads; those to naive loops are for the fastest of them."""
    if statistic == "var":
        return {"numbagg": 2.0, "pandas": 0.7}
    if statistic == "median":
        return {"fastest peer": 0.5}
    if statistic == "several":
        return {"fastest peer": 0.8}
    return {"fastest naive": 2.5 if groups >= 1_000_000 else 1.3, "pandas": 0.4}


def collapse(rows: int, repeats: int) -> dict[tuple[str, int], float]:
    """What R's collapse takes, its grouping given; empty without it."""
    if shutil.which("Rscript") is None:
        return {}
    script = COLLAPSE.format(rows=rows, repeats=repeats, groups=", ".join(map(str, GROUPS)))
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=False)
    version = re.search(r"version (\S+)", done.stdout)
    print(f"R collapse {version[1]}" if version else "R collapse is not installed")
    runs = re.findall(r"^run ([a-z]+) (\d+) (\S+)", done.stdout, re.MULTILINE)
    return {(name, int(groups)): float(ns) for name, groups, ns in runs if float(ns) > 0.0}


def compile_naive(folder: str) -> ctypes.CDLL:
    source, library = Path(__file__).with_name("naive.c"), Path(folder) / "naive.so"
    subprocess.run([os.environ.get("CC", "cc"), "-O3", "-shared", "-fPIC", source, "-o", library], check=True)
    return ctypes.CDLL(str(library))


def address(array: np.ndarray) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


def naive(library: ctypes.CDLL, statistic: str, x: np.ndarray, codes: np.ndarray, groups: int) -> np.ndarray:
    out, rows = np.zeros(groups), ctypes.c_ssize_t(len(x))
    if statistic == "sum":
        library.naive_sum(address(x), address(codes), rows, address(out))
    else:
        counts = np.zeros(groups, np.int64)
        library.naive_mean(
            address(x), address(codes), rows, ctypes.c_ssize_t(groups), address(out), address(counts)
        )
    return out


def contestants(
    library: ctypes.CDLL, statistic: str, x: np.ndarray, codes: np.ndarray, groups: int
) -> dict[str, Any]:
    clusters = snd.Clusters.from_codes(codes, groups)
    if statistic == "several":
        return contestants_of_several(clusters, x, codes, groups)
    ours = getattr(clusters, statistic)
    found: dict[str, Callable[[], Any]] = {
        "sndstats 1": lambda: ours(x, threads=1),
        "sndstats 2": lambda: ours(x, threads=2),
    }
    if statistic in ("sum", "mean"):  # of variances the textbook loop gives thousands far from zero
        found["naive C"] = lambda: naive(library, statistic, x, codes, groups)
    numbagg, pandas, polars = peer("numbagg"), peer("pandas"), peer("polars")
    if numbagg is not None and hasattr(numbagg, f"group_nan{statistic}"):
        function = getattr(numbagg, f"group_nan{statistic}")
        found["numbagg"] = lambda: function(x, codes, num_labels=groups)
    if pandas is not None:
        grouped = pandas.Series(x).groupby(codes, sort=False)
        found["pandas"] = getattr(grouped, statistic)
    if polars is not None and statistic == "median":
        frame = polars.DataFrame({"codes": codes, "x": x})
        found["polars"] = lambda: frame.group_by("codes").agg(polars.col("x").median())
    return found


def contestants_of_several(clusters: Any, x: np.ndarray, codes: np.ndarray, groups: int) -> dict[str, Any]:
    """Four statistics: in one call where a library has such, else in four."""
    found: dict[str, Callable[[], Any]] = {
        "sndstats 1": lambda: clusters.agg(x, SEVERAL, threads=1),
        "sndstats 2": lambda: clusters.agg(x, SEVERAL, threads=2),
    }
    numbagg, pandas, polars, duckdb = peer("numbagg"), peer("pandas"), peer("polars"), peer("duckdb")
    if numbagg is not None:
        functions = [getattr(numbagg, f"group_nan{name}") for name in SEVERAL]
        found["numbagg"] = lambda: [f(x, codes, num_labels=groups) for f in functions]
    if pandas is not None:
        grouped = pandas.Series(x).groupby(codes, sort=False)
        found["pandas"] = lambda: grouped.agg(list(SEVERAL))
    if polars is not None:
        frame = polars.DataFrame({"codes": codes, "x": x})
        column = polars.col("x")
        asked = [getattr(column, name)().alias(name) for name in SEVERAL]
        found["polars"] = lambda: frame.group_by("codes").agg(asked)
    if duckdb is not None and pandas is not None:
        connection = duckdb.connect(config={"threads": 2})
        source = pandas.DataFrame({"codes": codes, "x": x})
        connection.register("source", source)
        connection.execute("create table rows as select * from source")
        query = "select codes, sum(x), avg(x), min(x), max(x) from rows group by codes"
        found["duckdb"] = lambda: connection.execute(query).fetchnumpy()
    return found


def show(statistic: str, groups: int, best: dict[str, float]) -> None:
    """One line: nanoseconds, and our ratios on two threads with those to reach."""
    ours, reach = best["sndstats 2"], goals(statistic, groups)
    peers = {name: ns for name, ns in best.items() if not name.startswith("sndstats")}
    naive_loops = [ns for name, ns in peers.items() if name in ("naive C", "numbagg", "collapse")]
    if statistic in ("median", "several"):
        peers["fastest peer"] = min(peers.values(), default=float("inf"))
    elif naive_loops:
        peers["fastest naive"] = min(naive_loops)
    ratios = [
        f"{ours / ns:.2f}x {name}" + (f" (goal {reach[name]:.1f})" if name in reach else "")
        for name, ns in peers.items()
    ]
    figures = "  ".join(f"{name} {ns:.2f}" for name, ns in best.items())
    print(f"{statistic:7} {groups:9,} clusters: {figures}\n    2 threads: {', '.join(ratios)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=4)
    parser.add_argument("--statistics", nargs="+", choices=EVERY, default=EVERY)
    options = parser.parse_args()
    print(heading(options.rows, "numpy", "numbagg", "pandas", "polars", "duckdb"))
    grouped = [one for one in options.statistics if one in STATISTICS]
    from_r = collapse(options.rows, options.repeats) if grouped else {}
    rng = np.random.default_rng(0)
    x = rng.normal(100.0, 50.0, options.rows)
    with tempfile.TemporaryDirectory() as folder:
        library = compile_naive(folder)
        for statistic in grouped:
            for groups in GROUPS:
                codes = rng.integers(0, groups, options.rows).astype(np.int32)
                calls = contestants(library, statistic, x, codes, groups)
                best = measure(calls, options.rows, options.repeats + 1)
                if (statistic, groups) in from_r:
                    best["collapse"] = from_r[statistic, groups]
                show(statistic, groups, best)
    if "share" in options.statistics:
        onrows.run(options.rows, options.repeats)
    if "labels" in options.statistics:
        labels.run(options.rows, options.repeats)


if __name__ == "__main__":
    sys.exit(main())
