"""What the benchmarks have in common: peers that may be installed, and turns taken in one run."""

import importlib
import os
import platform
import time
from collections.abc import Callable
from typing import Any


def peer(name: str) -> Any:
    """A library, or None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def heading(rows: int, *libraries: str) -> str:
    """Versions and machine."""
    versions = [
        f"{name} {m.__version__}" for name in ("sndstats", *libraries) if (m := peer(name)) is not None
    ]
    return (
        f"python {platform.python_version()}, {', '.join(versions)}\n"
        f"{platform.machine()}, {os.cpu_count()} cores, {rows:,} rows, ns per row\n"
    )


def measure(calls: dict[str, Callable[[], Any] | None], rows: int, rounds: int) -> dict[str, float]:
    """Nanoseconds per row, the best of some rounds in which each has its turn.

    A call that gives a float has measured itself, in seconds.
    """
    there = {name: call for name, call in calls.items() if call is not None}
    best = dict.fromkeys(there, float("inf"))
    for _ in range(rounds):
        for name, call in there.items():
            start = time.perf_counter()
            result = call()
            took = result if type(result) is float else time.perf_counter() - start
            best[name] = min(best[name], took / rows * 1e9)
    return best
