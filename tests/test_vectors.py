"""Every vector, through the public functions."""

from operator import attrgetter

import pytest

import sndstats as snd
import vectors


@pytest.mark.parametrize("vector", vectors.read_all(), ids=lambda v: f"{v.where}-{v.name}")
def test_vector(vector: vectors.Vector) -> None:
    function = attrgetter(vector.name)(snd)
    result = function(**vector.inputs, **vector.options)
    for name, expected in vector.expect.items():
        got = result if name == "value" and not hasattr(result, "value") else attrgetter(name)(result)
        assert vectors.agree(vector, got, expected), f"{name}: got {got!r}, expected {expected!r}"
