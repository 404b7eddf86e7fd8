"""Labels to codes against pandas, polars and R's collapse: integers and texts, by appearance and sorted.

All are measured in turn in the same run, collapse in an R beside it; what counts is the ratio, and
each line ends with the one to reach on two threads. A peer that is not installed is left out.
R keeps one copy of each text, so that collapse compares addresses, as we do for objects that
come again; the ratio to reach of texts is the one to pandas, which has to hash them too.
Usage: python benchmarks/labels.py [--rows N] [--repeats N] [--kinds dense scattered text objects]
"""

import argparse
import os
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

# Idle threads of BLAS would take part of the cores that are measured.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from peers import heading, measure, peer

import sndstats as snd

GROUPS = (10, 1_000, 100_000, 1_000_000)
KINDS = ("dense", "scattered", "text", "objects")
ORDERS = ("appearance", "sorted")
GOAL = 0.7

#: Labels of each kind in R, which has no int64: doubles stand for it. {0} rows, {1} labels.
IN_R = {
    "dense": "as.numeric(sample.int({1}, {0}, TRUE))",
    "scattered": "sample.int({1}, {0}, TRUE) * 7919000003",
    "text": 'sprintf("firm %07d", seq_len({1}))[sample.int({1}, {0}, TRUE)]',
}
IN_R["objects"] = IN_R["text"]


class Collapse:
    """R with collapse beside us, so that it has its turn like the others."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None
        if shutil.which("R") is None:
            print("R is not installed")
            return
        command = ["R", "--vanilla", "--no-echo"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        version = self.value('if (require(collapse)) as.character(packageVersion("collapse")) else ""')
        print(f"R collapse {version}" if version else "R collapse is not installed")
        self.process = self.process if version else None

    def value(self, expression: str) -> str:
        """What R makes of an expression; empty when it has ended."""
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f'cat("value", {{{expression}}}, "\\n")\n')
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("value"):
                return line[5:].strip()
        return ""

    def contestant(self, kind: str, order: str, groups: int, rows: int) -> Callable[[], float] | None:
        """A call that gives the seconds R took; None without it."""
        if self.process is None:
            return None
        # `group` numbers by appearance, `GRP` by value.
        call = "GRP(x, sort = TRUE)" if order == "sorted" else "group(x)"
        self.value(f"x <- {IN_R[kind].format(rows, groups)}; 0")
        return lambda: float(self.value(f'system.time({call})[["elapsed"]]'))


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


def show(kind: str, order: str, groups: int, best: dict[str, float]) -> None:
    """One line: nanoseconds, and our ratios on two threads with the one to reach."""
    peers = {name: ns for name, ns in best.items() if ns > 0.0 and not name.startswith("sndstats")}
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


def run(rows: int, repeats: int, kinds: tuple[str, ...] = KINDS) -> None:
    print(heading(rows, "numpy", "pandas", "polars"))
    collapse = Collapse()
    for kind in kinds:
        for groups in GROUPS:
            labels = draw(kind, groups, rows)
            for order in ORDERS:
                calls = contestants(kind, order, labels)
                in_r = collapse.contestant(kind, order, groups, rows)
                if in_r is not None:
                    calls["collapse"] = in_r
                best = measure(calls, rows, repeats)
                show(kind, order, groups, best)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    options = parser.parse_args()
    run(options.rows, options.repeats, options.kinds)


if __name__ == "__main__":
    main()
