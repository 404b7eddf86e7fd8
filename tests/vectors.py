"""Read the vectors of tests/vectors (format: the README beside them)."""

import ast
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).parent / "vectors"


@dataclass
class Vector:
    """One call with what it must give."""

    where: str
    name: str = ""
    source: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, Any] = field(default_factory=dict)
    expect: dict[str, np.ndarray] = field(default_factory=dict)
    within: float | None = None
    ulp: float = 0.0


def number(text: str) -> float:
    """A decimal or hexadecimal number, nan or inf."""
    return float.fromhex(text) if "0x" in text.lower() else float(text)


def _block(lines: list[str], where: str) -> Vector:
    vector = Vector(where)
    for line in lines:
        key, _, rest = line.partition(" ")
        rest = rest.strip()
        if key in ("name", "source"):
            setattr(vector, key, rest)
        elif key == "option":
            name, _, literal = rest.partition(" ")
            vector.options[name] = ast.literal_eval(literal.strip())
        elif key in ("input", "expect"):
            name, *texts = rest.split()
            values = np.array([number(t.strip("[]")) for t in texts])
            alone = len(texts) == 1 and not texts[0].startswith("[")
            getattr(vector, key + "s" if key == "input" else key)[name] = (
                float(values[0]) if alone and key == "input" else values
            )
        elif key == "shape":
            name, *sizes = rest.split()
            vector.inputs[name] = vector.inputs[name].reshape([int(s) for s in sizes])
        elif key == "within":
            vector.within = number(rest)
        elif key == "ulp":
            vector.ulp = number(rest)
        elif line != "only python":
            raise ValueError(f"{where}: unknown line {line!r}")
    return vector


def read(path: Path) -> list[Vector]:
    """All blocks of a file."""
    found, lines, start = [], [], 0
    for count, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], 1):
        if line.startswith("#"):
            continue
        if line.strip():
            start = start if lines else count
            lines.append(line.strip())
        elif lines:
            found.append(_block(lines, f"{path.name}:{start}"))
            lines = []
    return found


def read_all() -> list[Vector]:
    """All blocks of all files."""
    return [vector for path in sorted(FOLDER.glob("*.txt")) for vector in read(path)]


def agree(vector: Vector, got: Any, expected: np.ndarray) -> bool:
    """Whether a result is what the vector says, within its tolerance."""
    got = np.asarray(got, dtype=float).ravel()
    if got.shape != expected.shape or not np.array_equal(np.isnan(got), np.isnan(expected)):
        return False
    same = np.isnan(got) | (got == expected)
    finite = np.isfinite(got) & np.isfinite(expected)
    away = np.abs(np.where(finite, got, 0.0) - np.where(finite, expected, 0.0))
    if vector.within is not None:
        return bool(np.all(same | (finite & (away <= vector.within))))
    if vector.ulp == 0:
        return bool(np.all(same))
    step = np.spacing(np.abs(np.where(finite, expected, 1.0)))
    return bool(np.all(same | (finite & (away <= vector.ulp * step))))
