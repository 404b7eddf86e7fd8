"""Every vector, through the public functions."""

from operator import attrgetter

import pytest

import sndstats as snd
import vectors


@pytest.mark.parametrize("vector", vectors.read_all(), ids=lambda v: f"{v.where}-{v.name}")
def test_vector(vector: vectors.Vector) -> None:
    function, inputs = attrgetter(vector.name)(snd), dict(vector.inputs)
    if vector.name.startswith("Clusters."):
        clusters = snd.Clusters.from_codes(inputs.pop("codes").astype(int))
        function = getattr(clusters, vector.name.removeprefix("Clusters."))
    result = function(**inputs, **vector.options)
    for name, expected in vector.expect.items():
        got = result if name == "value" and not hasattr(result, "value") else attrgetter(name)(result)
        assert vectors.agree(vector, got, expected), f"{name}: got {got!r}, expected {expected!r}"
