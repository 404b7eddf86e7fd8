"""Exact sums and means by cluster against loops and libraries that round at every step.

All are measured in turn in the same run; what counts is the ratio. A peer that is not
installed is left out. Usage: python benchmarks/clusters.py [--rows N] [--repeats N]
"""

import argparse
import ctypes
import importlib
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Idle threads of BLAS would take part of the cores that are measured.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

import sndstats as snd

GROUPS = (10, 1_000, 100_000, 1_000_000)


def peer(name: str) -> Any:
    """A library, or None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


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
    ours = getattr(clusters, statistic)
    found: dict[str, Callable[[], Any]] = {
        "sndstats 1": lambda: ours(x, threads=1),
        "sndstats 2": lambda: ours(x, threads=2),
        "naive C": lambda: naive(library, statistic, x, codes, groups),
    }
    numbagg, pandas = peer("numbagg"), peer("pandas")
    if numbagg is not None:
        function = getattr(numbagg, f"group_nan{statistic}")
        found["numbagg"] = lambda: function(x, codes, num_labels=groups)
    if pandas is not None:
        grouped = pandas.Series(x).groupby(codes, sort=False)
        found["pandas"] = getattr(grouped, statistic)
    return found


def measure(calls: dict[str, Any], rows: int, repeats: int) -> dict[str, float]:
    """Nanoseconds per row, the best of some rounds in which each has its turn."""
    best = dict.fromkeys(calls, float("inf"))
    for _ in range(repeats + 1):
        for name, call in calls.items():
            start = time.perf_counter()
            call()
            best[name] = min(best[name], (time.perf_counter() - start) / rows * 1e9)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=4)
    options = parser.parse_args()
    versions = [f"{n} {m.__version__}" for n in ("numpy", "numbagg", "pandas") if (m := peer(n)) is not None]
    print(f"python {platform.python_version()}, sndstats {snd.__version__}, {', '.join(versions)}")
    print(f"{platform.machine()}, {os.cpu_count()} cores, {options.rows:,} rows of float64, ns per row\n")
    rng = np.random.default_rng(0)
    x = rng.normal(100.0, 50.0, options.rows)
    with tempfile.TemporaryDirectory() as folder:
        library = compile_naive(folder)
        for statistic in ("sum", "mean"):
            for groups in GROUPS:
                codes = rng.integers(0, groups, options.rows).astype(np.int32)
                calls = contestants(library, statistic, x, codes, groups)
                best = measure(calls, options.rows, options.repeats)
                ours = best["sndstats 2"]
                figures = "  ".join(f"{name} {ns:.2f}" for name, ns in best.items())
                ratios = ", ".join(
                    f"{ours / ns:.2f}x {name}" for name, ns in best.items() if not name.startswith("sndstats")
                )
                print(f"{statistic:4} {groups:9,} clusters: {figures}   (2 threads: {ratios})", flush=True)


if __name__ == "__main__":
    sys.exit(main())
