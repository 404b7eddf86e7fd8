"""Verdicts on a million series beside a plain C loop of the two powers they need, in one run.

python benchmarks/targets.py [--rows N] [--rounds N]. Nanoseconds a series: of every call the best
round, in each of which all take their turn. The ratio is to the plain loop, on one thread.
"""

import argparse
import ctypes
import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import sndstats as snd

GOAL = 2.0
METHODS = ("canada", "eurostat", "un2022", "un2023", "un2026")
START, NOW, DEADLINE = 2015, 2023, 2030


def compile_naive(folder: str) -> ctypes.CDLL:
    """The plain loops, with the optimization that the package is built with."""
    source, library = Path(__file__).with_name("naive.c"), Path(folder) / "naive.so"
    command = [os.environ.get("CC", "cc"), "-O3", "-shared", "-fPIC", source, "-o", library, "-lm"]
    subprocess.run(command, check=True)
    return ctypes.CDLL(str(library))


def naive(library: ctypes.CDLL, figures: list[np.ndarray]) -> np.ndarray:
    """Observed over required growth."""
    out = np.empty(len(figures[0]))
    addresses = [ctypes.c_void_p(x.ctypes.data) for x in (*figures, out)]
    library.naive_ratio(
        *addresses[:3],
        ctypes.c_ssize_t(len(out)),
        ctypes.c_double(NOW - START),
        ctypes.c_double(DEADLINE - START),
        addresses[3],
    )
    return out


def contestants(library: ctypes.CDLL, rows: int) -> dict[str, Callable[[], Any]]:
    """The plain loop, and each method on one thread and on two."""
    rng = np.random.default_rng(1)
    baseline = rng.uniform(50.0, 150.0, rows)
    figures = [baseline, baseline * rng.uniform(0.5, 1.2, rows), baseline * rng.uniform(0.3, 0.8, rows)]
    # Verdicts and loop must agree before they are timed.
    mine = snd.assess(*figures, start=START, now=NOW, deadline=DEADLINE, better="lower", method="canada")
    assert np.array_equal(np.abs(mine.value), np.abs(naive(library, figures)))

    def ours(method: str, threads: int) -> Callable[[], Any]:
        return lambda: snd.assess(
            *figures, start=START, now=NOW, deadline=DEADLINE, better="lower", method=method, threads=threads
        )

    found: dict[str, Callable[[], Any]] = {"plain C loop": lambda: naive(library, figures)}
    for method in METHODS:
        found |= {f"{method}, {k} thread{'s' * (k > 1)}": ours(method, k) for k in (1, 2)}
    return found


def main() -> None:
    """Time all in turn, keep each one's best round, print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        calls = contestants(compile_naive(folder), arguments.rows)
        best = dict.fromkeys(calls, float("inf"))
        for _ in range(arguments.rounds):
            for name, call in calls.items():
                start = time.perf_counter()
                call()
                best[name] = min(best[name], time.perf_counter() - start)
    print(f"{arguments.rows} series; {platform.machine()}, numpy {np.__version__}; goal: at most {GOAL:g}")
    plain = best["plain C loop"]
    for name, seconds in best.items():
        verdict = "" if name == "plain C loop" else f"{seconds / plain:7.2f}"
        print(f"{name:20} {seconds / arguments.rows * 1e9:8.1f} ns{verdict}")


if __name__ == "__main__":
    main()
