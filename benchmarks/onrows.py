"""A value as a share of its cluster's sum, against libraries whose sums are rounded at every step.

All are measured in turn in the same run, R's collapse after them; what counts is the ratio to the fastest
of them, and each line ends with that to reach on two threads. A peer that is not installed is left out.
Usage: python benchmarks/onrows.py [--rows N] [--repeats N]
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import Any

# Idle threads of BLAS would take part of the cores that are measured.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from peers import heading, measure, peer

import sndstats as snd

GROUPS = (10, 1_000, 100_000, 1_000_000)
#: The ratio to the fastest peer to reach on two threads, and how much one thread may take of it.
GOAL, ONE_THREAD = 0.6, 1.5

COLLAPSE = """
suppressMessages(library(collapse))
cat("version", as.character(packageVersion("collapse")), "\\n")
set.seed(1); n <- {rows}; x <- rnorm(n, 100, 50)
for (groups in c({groups})) {{
  g <- GRP(sample.int(groups, n, TRUE), sort = FALSE)
  best <- Inf
  for (k in seq_len({repeats})) best <- min(best, system.time(fsum(x, g, TRA = "/"))[["elapsed"]])
  cat("run", format(groups, scientific = FALSE), best / n * 1e9, "\\n")
}}
"""


def collapse(rows: int, repeats: int) -> dict[int, float]:
    """What R's collapse takes, its grouping given; empty without it."""
    if shutil.which("Rscript") is None:
        return {}
    script = COLLAPSE.format(rows=rows, repeats=repeats, groups=", ".join(map(str, GROUPS)))
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=False)
    version = re.search(r"version (\S+)", done.stdout)
    print(f"R collapse {version[1]}" if version else "R collapse is not installed")
    runs = re.findall(r"^run (\d+) (\S+)", done.stdout, re.MULTILINE)
    return {int(groups): float(ns) for groups, ns in runs if float(ns) > 0.0}


def contestants(x: np.ndarray, codes: np.ndarray, groups: int) -> dict[str, Callable[[], Any]]:
    clusters = snd.Clusters.from_codes(codes, groups)
    found: dict[str, Callable[[], Any]] = {
        "sndstats 1": lambda: clusters.share(x, threads=1),
        "sndstats 2": lambda: clusters.share(x, threads=2),
        "numpy": lambda: x / np.bincount(codes, x, groups)[codes],
    }
    pandas, polars = peer("pandas"), peer("polars")
    if pandas is not None:
        series = pandas.Series(x)
        grouped = series.groupby(codes, sort=False)
        found["pandas"] = lambda: series / grouped.transform("sum")
    if polars is not None:
        frame = polars.DataFrame({"codes": codes, "x": x})
        found["polars"] = lambda: frame.select(polars.col("x") / polars.col("x").sum().over("codes"))
    return found


def show(groups: int, best: dict[str, float]) -> None:
    """One line: nanoseconds, and our ratios to the fastest peer with those to reach."""
    fastest = min((ns, name) for name, ns in best.items() if not name.startswith("sndstats"))
    figures = "  ".join(f"{name} {ns:.2f}" for name, ns in best.items())
    print(f"share {groups:9,} clusters: {figures}")
    one, two = best["sndstats 1"] / fastest[0], best["sndstats 2"] / fastest[0]
    print(
        f"    2 threads: {two:.2f}x {fastest[1]} (goal {GOAL:.2f}), "
        f"1 thread: {one:.2f}x (goal {GOAL * ONE_THREAD:.2f})",
        flush=True,
    )


def run(rows: int, repeats: int) -> None:
    print(heading(rows, "numpy", "pandas", "polars"))
    from_r = collapse(rows, repeats)
    rng = np.random.default_rng(0)
    x = rng.normal(100.0, 50.0, rows)
    for groups in GROUPS:
        codes = rng.integers(0, groups, rows).astype(np.int32)
        best = measure(contestants(x, codes, groups), rows, repeats + 1)
        if groups in from_r:
            best["collapse"] = from_r[groups]
        show(groups, best)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=4)
    options = parser.parse_args()
    run(options.rows, options.repeats)


if __name__ == "__main__":
    sys.exit(main())
