"""Figures that have shares in a total: what every index checks first."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .operands import whole

__all__ = [
    "usable",
]


def usable(name: str, values: Any) -> NDArray[Any]:
    """The figures, or the error that names the first below zero: it has no share."""
    array = whole(values, name)
    below = array < 0
    if below.any():
        at = np.unravel_index(int(np.argmax(below)), array.shape)
        place = int(at[0]) if len(at) == 1 else tuple(map(int, at))
        raise ValueError(
            f"{name}: expected figures from 0, got {array[at]} at position {place}; shares of a total "
            f"with negative parts have no meaning (leave them out, or take gross figures)"
        )
    return array
