"""Growth on ten million rows beside NumPy, numexpr, pandas and R collapse, in one run.

python benchmarks/growth.py [--rows N]. Nanoseconds a row, the least of a few runs, and the
ratio to the fastest peer. collapse is measured through Rscript where R has it.
"""

import argparse
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

import sndstats as snd


def rows() -> int:
    """The number of rows asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    return int(parser.parse_args().rows)


ROWS = rows()
PERIODS = 50

COLLAPSE = """
suppressMessages(library(collapse))
cat("version", as.character(packageVersion("collapse")), "\\n")
set.seed(1); n <- {rows}; x <- runif(n) + .5
g <- rep(seq_len(n / {periods}), each = {periods}); t <- rep(seq_len({periods}), n / {periods})
run <- function(name, f) {{
  best <- Inf
  for (k in 1:3) best <- min(best, system.time(f())[["elapsed"]])
  cat("run", name, best / n * 1e9, "\\n")
}}
run("series", function() fgrowth(x))
run("log", function() fgrowth(x, logdiff = TRUE))
run("annual", function() fgrowth(x, power = 4))
run("groups", function() fgrowth(x, g = g))
run("panel", function() fgrowth(x, g = g, t = t))
run("lags", function() fgrowth(x, c(1, 2, 4, 12), g = g, t = t))
k <- sort(sample.int(n, n * .9)); xk <- x[k]; gk <- g[k]; tk <- t[k]
run("gaps", function() fgrowth(xk, g = gk, t = tk))
p <- sample.int(n); xp <- x[p]; gp <- g[p]; tp <- t[p]
run("random", function() fgrowth(xp, g = gp, t = tp))
"""


def best(function: Callable[[], Any], runs: int = 3) -> float:
    """Nanoseconds a row of the fastest run."""
    least = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        function()
        least = min(least, time.perf_counter() - start)
    return least / ROWS * 1e9


def collapse() -> dict[str, float]:
    """What R collapse takes, by name of the work; empty without it."""
    if shutil.which("Rscript") is None:
        return {}
    script = COLLAPSE.format(rows=ROWS, periods=PERIODS)
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=False)
    version = re.search(r"version (\S+)", done.stdout)
    print(f"R collapse {version[1]}" if version else "R collapse is not installed")
    return {name: float(ns) for name, ns in re.findall(r"^run ([a-z]+) (\S+)", done.stdout, re.MULTILINE)}


def numexpr_rate() -> Callable[[str, np.ndarray], Any] | None:
    """Evaluate an expression of the figures x and y, if numexpr is there."""
    try:
        import numexpr
    except ImportError:
        return None
    return lambda text, x: numexpr.evaluate(text, {"x": x[:-1], "y": x[1:]})


def main() -> None:
    """Print the table."""
    rng = np.random.default_rng(1)
    x = rng.random(ROWS) + 0.5
    g = np.repeat(np.arange(ROWS // PERIODS), PERIODS)
    t = np.tile(np.arange(PERIODS), ROWS // PERIODS)
    kept = np.sort(rng.permutation(ROWS)[: ROWS * 9 // 10])
    mixed = rng.permutation(ROWS)
    xk, gk, tk = x[kept], g[kept], t[kept]
    xp, gp, tp = x[mixed], g[mixed], t[mixed]
    series = pd.Series(x)
    grouped = series.groupby(g, sort=False)
    rate = snd.growth_rate
    ours: dict[str, Callable[[Any], Any]] = {
        "series": lambda k: rate(x, threads=k),
        "log": lambda k: rate(x, method="log", threads=k),
        "annual": lambda k: rate(x, periods_per_year=4, threads=k),
        "groups": lambda k: rate(x, groups=g, threads=k),
        "panel": lambda k: rate(x, groups=g, time=t, threads=k),
        "gaps": lambda k: rate(xk, groups=gk, time=tk, threads=k),
        "random": lambda k: rate(xp, groups=gp, time=tp, threads=k),
        "lags": lambda k: rate(x, [1, 2, 4, 12], groups=g, time=t, threads=k),
    }
    peers: dict[str, dict[str, Callable[[], Any]]] = {
        "series": {
            "numpy": lambda: x[1:] / x[:-1] - 1,
            "pandas": lambda: series.pct_change(fill_method=None),
        },
        "log": {"numpy": lambda: np.log(x[1:] / x[:-1])},
        "annual": {"numpy": lambda: (x[1:] / x[:-1]) ** 4 - 1},
        "groups": {"pandas": lambda: grouped.pct_change(fill_method=None)},
    }
    evaluate = numexpr_rate()
    if evaluate is not None:
        peers["series"]["numexpr"] = lambda: evaluate("y / x - 1", x)
        peers["log"]["numexpr"] = lambda: evaluate("log(y / x)", x)
        peers["annual"]["numexpr"] = lambda: evaluate("(y / x) ** 4 - 1", x)
    from_r = collapse()
    print(f"{'ns/row':8}{'1 thread':>10}{'2 threads':>11}{'ratio':>8}  peers")
    for work, function in ours.items():
        one, two = best(lambda: function(1)), best(lambda: function(2))  # noqa: B023 (called at once)
        others = {name: best(call) for name, call in peers.get(work, {}).items()}
        if work in from_r:
            others["collapse"] = from_r[work]
        ratio = f"{min(one, two) / min(others.values()):8.2f}" if others else f"{'-':>8}"
        shown = ", ".join(f"{name} {ns:.1f}" for name, ns in sorted(others.items(), key=lambda o: o[1]))
        print(f"{work:8}{one:10.1f}{two:11.1f}{ratio}  {shown}", flush=True)


if __name__ == "__main__":
    main()
