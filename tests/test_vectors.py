"""Every vector, through the public functions."""

from collections.abc import Mapping
from operator import attrgetter

import numpy as np
import pytest

import sndstats as snd
import vectors


@pytest.mark.parametrize("vector", vectors.read_all(), ids=lambda v: f"{v.where}-{v.name}")
def test_vector(vector: vectors.Vector) -> None:
    inputs = dict(vector.inputs)
    if vector.name.startswith("Clusters."):
        clusters = snd.Clusters.from_codes(np.atleast_1d(inputs.pop("codes")).astype(np.int64))
        function = getattr(clusters, vector.name.removeprefix("Clusters."))
    else:
        function = attrgetter(vector.name)(snd)
    result = function(**inputs, **vector.options)
    for name, expected in vector.expect.items():
        if isinstance(result, Mapping):
            got = result[name]
        else:
            got = result if name == "value" and not hasattr(result, "value") else attrgetter(name)(result)
        assert vectors.agree(vector, got, expected), f"{name}: got {got!r}, expected {expected!r}"
