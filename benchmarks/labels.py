"""Labels to codes against pandas, polars and R's collapse: integers and texts, by appearance and sorted.

All are measured in turn in the same run, collapse after them; what counts is the ratio, and each
line ends with the one to reach on two threads. A peer that is not installed is left out.
R keeps one copy of each text, so that collapse compares addresses, as we do for objects that
come again; the ratio to reach of texts is the one to pandas, which has to hash them too.
Usage: python benchmarks/labels.py [--rows N] [--repeats N] [--kinds dense scattered text objects]
"""

import argparse
import importlib
import os
import platform
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from typing import Any

# Idle threads of BLAS would take part of the cores that are measured.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

import sndstats as snd

GROUPS = (10, 1_000, 100_000, 1_000_000)
KINDS = ("dense", "scattered", "text", "objects")
ORDERS = ("appearance", "sorted")
GOAL = 0.7

COLLAPSE = """
suppressMessages(library(collapse))
cat("version", as.character(packageVersion("collapse")), "\\n")
set.seed(1); n <- {rows}
for (groups in c({groups})) {{
  i <- sample.int(groups, n, TRUE)
  # R has no int64: its doubles stand for them, spread by an odd factor
  labels <- list(dense = i, scattered = i * 7919000003, text = sprintf("firm %07d", seq_len(groups))[i])
  for (kind in names(labels)) for (order in c("appearance", "sorted")) {{
    best <- Inf; x <- labels[[kind]]
    for (k in seq_len({repeats})) {{
      took <- if (order == "sorted") system.time(GRP(x, sort = TRUE)) else system.time(group(x))
      best <- min(best, took[["elapsed"]])
    }}
    cat("run", kind, order, format(groups, scientific = FALSE), best / n * 1e9, "\\n")
  }}
}}
"""


def collapse(rows: int, repeats: int) -> dict[tuple[str, str, int], float]:
    """What R's collapse takes; empty without it."""
    if shutil.which("Rscript") is None:
        return {}
    script = COLLAPSE.format(rows=rows, repeats=repeats, groups=", ".join(map(str, GROUPS)))
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=False)
    version = re.search(r"version (\S+)", done.stdout)
    print(f"R collapse {version[1]}" if version else "R collapse is not installed", flush=True)
    runs = re.findall(r"^run ([a-z]+) ([a-z]+) (\d+) (\S+)", done.stdout, re.MULTILINE)
    return {(kind, order, int(groups)): float(ns) for kind, order, groups, ns in runs if float(ns) > 0.0}


def peer(name: str) -> Any:
    """A library, or None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def draw(kind: str, groups: int, rows: int) -> np.ndarray:
    """Labels of a kind: whole numbers close together or not, texts in an array or as objects."""
    codes = np.random.default_rng(0).integers(0, groups, rows)
    if kind == "dense":
        return codes
    if kind == "scattered":
        return codes * 7_919_000_003
    names = np.array([f"firm {k:07d}" for k in range(groups)])
    return (names if kind == "text" else names.astype(object))[codes]


def on_threads(count: int, call: Callable[[], Any]) -> Callable[[], Any]:
    def run() -> Any:
        os.environ["SNDSTATS_NUM_THREADS"] = str(count)
        return call()

    return run


def contestants(kind: str, order: str, labels: np.ndarray) -> dict[str, Callable[[], Any]]:
    found = {f"sndstats {k}": on_threads(k, lambda: snd.Clusters(labels, order=order)) for k in (1, 2)}
    pandas, polars = peer("pandas"), peer("polars")
    if pandas is not None:
        given = pandas.Series(labels, dtype=object) if kind in ("text", "objects") else labels
        found["pandas"] = lambda: pandas.factorize(given, sort=order == "sorted")
    if polars is not None and kind in ("text", "objects") and order == "appearance":
        column = polars.Series(labels.tolist())
        found["polars"] = lambda: column.cast(polars.Categorical).to_physical()
    elif polars is not None and order == "sorted":
        column = polars.Series(labels)
        found["polars"] = lambda: column.rank("dense")
    return found


def measure(calls: dict[str, Any], rows: int, repeats: int) -> dict[str, float]:
    """Nanoseconds per row, the best of some rounds in which each has its turn."""
    best = dict.fromkeys(calls, float("inf"))
    for _ in range(repeats):
        for name, call in calls.items():
            start = time.perf_counter()
            call()
            best[name] = min(best[name], (time.perf_counter() - start) / rows * 1e9)
    return best


def show(kind: str, order: str, groups: int, best: dict[str, float]) -> None:
    """One line: nanoseconds, and our ratios on two threads with the one to reach."""
    peers = {name: ns for name, ns in best.items() if not name.startswith("sndstats")}
    aim = "pandas" if kind in ("text", "objects") else "fastest peer"
    if peers:
        peers["fastest peer"] = min(peers.values())
    ratios = [
        f"{best['sndstats 2'] / ns:.2f}x {name}" + (f" (goal {GOAL})" if name == aim else "")
        for name, ns in peers.items()
    ]
    figures = "  ".join(f"{name} {ns:.1f}" for name, ns in best.items())
    print(
        f"{kind:9} {order:10} {groups:9,} labels: {figures}\n    2 threads: {', '.join(ratios)}", flush=True
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    options = parser.parse_args()
    versions = [f"{n} {m.__version__}" for n in ("numpy", "pandas", "polars") if (m := peer(n)) is not None]
    print(f"python {platform.python_version()}, sndstats {snd.__version__}, {', '.join(versions)}")
    print(f"{platform.machine()}, {os.cpu_count()} cores, {options.rows:,} rows, ns per row\n")
    from_r = collapse(options.rows, options.repeats)
    for kind in options.kinds:
        for groups in GROUPS:
            labels = draw(kind, groups, options.rows)
            for order in ORDERS:
                best = measure(contestants(kind, order, labels), options.rows, options.repeats)
                in_r = from_r.get(("text" if kind == "objects" else kind, order, groups))
                if in_r is not None:
                    best["collapse"] = in_r
                show(kind, order, groups, best)


if __name__ == "__main__":
    main()
