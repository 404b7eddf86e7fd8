"""Growth on ten million rows beside NumPy, numexpr, pandas, polars, DuckDB and R collapse, in one run.

python benchmarks/growth.py [--rows N] [--rounds N]. Nanoseconds a row: of every call the best
round, in each of which all take their turn; collapse is measured through Rscript where R has it.
The ratio is to the fastest peer; with one thread it may be one and a half times the goal.
"""

import argparse
import functools
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from typing import Any, NamedTuple

# All have two threads; idle ones of BLAS would take part of the cores that are measured.
os.environ.setdefault("POLARS_MAX_THREADS", "2")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from peers import heading, measure, peer

import sndstats as snd

THREADS = 2
PERIODS = 50
LAGS = [1, 2, 4, 12]
PEERS = ("numpy", "numexpr", "pandas", "polars", "duckdb")

COLLAPSE = """
suppressMessages(library(collapse))
cat("version", as.character(packageVersion("collapse")), "\\n")
set.seed(1); n <- {rows}; x <- runif(n) + .5
g <- rep(seq_len(n / {periods}), each = {periods}); t <- rep(seq_len({periods}), n / {periods})
run <- function(name, f) {{
  best <- Inf
  for (k in seq_len({rounds})) best <- min(best, system.time(f())[["elapsed"]])
  cat("run", name, best / n * 1e9, "\\n")
}}
run("series", function() fgrowth(x))
run("log", function() fgrowth(x, logdiff = TRUE))
run("power", function() fgrowth(x, power = 4))
run("root", function() fgrowth(x, 4, power = .25))
run("groups", function() fgrowth(x, g = g))
run("panel", function() fgrowth(x, g = g, t = t))
run("lags", function() fgrowth(x, c(1, 2, 4, 12), g = g, t = t))
k <- sort(sample.int(n, n * .9)); xk <- x[k]; gk <- g[k]; tk <- t[k]
run("gaps", function() fgrowth(xk, g = gk, t = tk))
p <- sample.int(n); xp <- x[p]; gp <- g[p]; tp <- t[p]
run("random", function() fgrowth(xp, g = gp, t = tp))
"""


class Work(NamedTuple):
    """Our call by number of threads, the peers' calls, and the ratio to reach with two."""

    title: str
    goal: float
    ours: Callable[[int], Any]
    peers: dict[str, Callable[[], Any] | None]


def evaluate(text: str, x: np.ndarray, y: np.ndarray) -> Callable[[], Any] | None:
    """An expression of the base x and the figure y in numexpr."""
    numexpr = peer("numexpr")
    return numexpr and (lambda: numexpr.evaluate(text, {"x": x, "y": y}))


def series_works(x: np.ndarray) -> dict[str, Work]:
    """Growth along one series."""
    pandas, polars, rate = peer("pandas"), peer("polars"), snd.growth_rate
    s, p = pandas and pandas.Series(x), polars and polars.Series(x)
    one, four = (x[:-1], x[1:]), (x[:-4], x[4:])
    simple: dict[str, Callable[[], Any] | None] = {
        "numpy": lambda: x[1:] / x[:-1] - 1,
        "numexpr": evaluate("y / x - 1", *one),
        "pandas": pandas and (lambda: s.pct_change(fill_method=None)),
        "polars": polars and p.pct_change,
    }
    log = {"numpy": lambda: np.log(x[1:] / x[:-1]), "numexpr": evaluate("log(y / x)", *one)}
    power = {"numpy": lambda: (x[1:] / x[:-1]) ** 4 - 1, "numexpr": evaluate("(y / x) ** 4 - 1", *one)}
    root = {"numpy": lambda: (x[4:] / x[:-4]) ** 0.25 - 1, "numexpr": evaluate("(y / x) ** 0.25 - 1", *four)}
    return {
        "series": Work("one series, new result", 0.75, lambda k: rate(x, threads=k), simple),
        "log": Work("log", 0.75, lambda k: rate(x, method="log", threads=k), log),
        "power": Work(
            "annualized, whole power", 0.75, lambda k: rate(x, periods_per_year=4, threads=k), power
        ),
        "root": Work("annualized, root", 0.75, lambda k: rate(x, 4, periods_per_year=1, threads=k), root),
    }


def in_duckdb(columns: dict[str, np.ndarray]) -> Callable[[], Any] | None:
    """Growth by a window function."""
    duckdb = peer("duckdb")
    if duckdb is None:
        return None
    connection = duckdb.connect(config={"threads": THREADS})
    connection.register("panel", columns)
    query = "select x / lag(x) over (partition by g order by t) - 1 as r from panel"
    return lambda: connection.execute(query).fetchnumpy()


def panel_works(x: np.ndarray, rng: np.random.Generator) -> dict[str, Work]:
    """Growth within groups of PERIODS rows each."""
    pandas, polars, rate = peer("pandas"), peer("polars"), snd.growth_rate
    rows = len(x)
    g = np.repeat(np.arange(rows // PERIODS), PERIODS)
    t = np.tile(np.arange(PERIODS), rows // PERIODS)
    kept = np.sort(rng.permutation(rows)[: rows * 9 // 10])
    mixed = rng.permutation(rows)
    xk, gk, tk = x[kept], g[kept], t[kept]
    xp, gp, tp = x[mixed], g[mixed], t[mixed]
    grouped = pandas and pandas.Series(x).groupby(g, sort=False)
    frame = pandas and pandas.DataFrame({"x": xp, "g": gp, "t": tp})
    table = polars and polars.DataFrame({"x": xp, "g": gp, "t": tp})

    def sorted_pandas() -> Any:
        ordered = frame.sort_values(["g", "t"])
        return ordered.groupby("g", sort=False)["x"].pct_change(fill_method=None).sort_index()

    def windowed_polars() -> Any:
        return table.select(polars.col("x").pct_change().over("g", order_by="t"))

    return {
        "groups": Work(
            "within groups, in order",
            0.35,
            lambda k: rate(x, groups=g, threads=k),
            {"pandas": grouped and (lambda: grouped.pct_change(fill_method=None))},
        ),
        "panel": Work(
            "groups and time, in order",
            0.25,
            lambda k: rate(x, groups=g, time=t, threads=k),
            {"duckdb": in_duckdb({"x": x, "g": g, "t": t})},
        ),
        "gaps": Work("  a tenth missing", 0.25, lambda k: rate(xk, groups=gk, time=tk, threads=k), {}),
        "random": Work(
            "  in random order",
            0.25,
            lambda k: rate(xp, groups=gp, time=tp, threads=k),
            {"pandas": pandas and sorted_pandas, "polars": polars and windowed_polars},
        ),
        "lags": Work("  four lags at once", 0.30, lambda k: rate(x, LAGS, groups=g, time=t, threads=k), {}),
    }


def collapse(rows: int, rounds: int) -> dict[str, float]:
    """What R collapse takes, by name of the work; empty without it."""
    if shutil.which("Rscript") is None:
        return {}
    script = COLLAPSE.format(rows=rows, periods=PERIODS, rounds=rounds)
    done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=False)
    version = re.search(r"version (\S+)", done.stdout)
    print(f"R collapse {version[1]}" if version else "R collapse is not installed")
    return {name: float(ns) for name, ns in re.findall(r"^run ([a-z]+) (\S+)", done.stdout, re.MULTILINE)}


def show(work: Work, best: dict[str, float]) -> None:
    """One line of the table."""
    one, two = best.pop("1"), best.pop(str(THREADS))
    fastest = min(best.values(), default=float("nan"))
    reached = two <= work.goal * fastest and one <= 1.5 * work.goal * fastest
    others = ", ".join(f"{name} {ns:.1f}" for name, ns in sorted(best.items(), key=lambda item: item[1]))
    print(
        f"{work.title:26}{one:8.2f}{two:8.2f}{one / fastest:9.2f}{two / fastest:8.2f}"
        f"{work.goal:8.2f} {'yes' if reached else 'no':>6}   {others}",
        flush=True,
    )


def short_series() -> None:
    """What a call takes that has hardly anything to compute."""
    x, calls = np.random.default_rng(1).random(100) + 0.5, 1000
    best = measure({"one": lambda: [snd.growth_rate(x) for _ in range(calls)]}, calls, 5)["one"] / 1000
    print(f"\n100 values: {best:.1f} microseconds a call, goal 10, reached: {'yes' if best <= 10 else 'no'}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    rows = options.rows // PERIODS * PERIODS
    print(heading(rows, *PEERS))
    if (numexpr := peer("numexpr")) is not None:
        numexpr.set_num_threads(THREADS)
    rng = np.random.default_rng(1)
    x = rng.random(rows) + 0.5
    from_r = collapse(rows, options.rounds)
    print(f"\n{'':26}{'threads':>12}{'ratio at':>18}\n{'':26}{1:8}{2:8}{1:9}{2:8}{'goal':>8} reached   peers")
    for works in (functools.partial(series_works, x), functools.partial(panel_works, x, rng)):
        for name, work in works().items():
            calls = dict(work.peers)
            calls |= {str(k): functools.partial(work.ours, k) for k in (1, THREADS)}
            best = measure(calls, rows, options.rounds)
            show(work, best | ({"collapse": from_r[name]} if name in from_r else {}))
    short_series()


if __name__ == "__main__":
    main()
