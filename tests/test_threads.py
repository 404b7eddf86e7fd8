"""How many threads a call takes, and what it refuses."""

from typing import Any

import numpy as np
import pytest

from sndstats import threads

LONG = 10**6


def test_explicit_numbers_are_taken_as_they_are() -> None:
    assert threads.count(1, 3) == 3
    assert threads.count(1, np.int8(threads.MOST // 4)) == threads.MOST // 4
    assert threads.count(1) == 1


@pytest.mark.parametrize("bad", [0, -1, 257, 1.5, np.inf, np.nan, "3", [1], 10**400])
def test_others_are_refused_by_name(bad: Any) -> None:
    with pytest.raises(ValueError, match="threads: expected a whole number from 1 to 256"):
        threads.count(1, bad)


def test_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "3,2")
    monkeypatch.delenv("SNDSTATS_NUM_THREADS", raising=False)
    assert threads.count(LONG) == 3
    assert threads.count(1) == 1
    monkeypatch.setenv("OMP_NUM_THREADS", "512")  # a large machine, not a mistake
    assert threads.count(LONG) == threads.MOST
    monkeypatch.setenv("SNDSTATS_NUM_THREADS", "2")
    assert threads.count(LONG) == 2
    for bad in ("512", "many", "0"):
        monkeypatch.setenv("SNDSTATS_NUM_THREADS", bad)
        with pytest.raises(ValueError, match=f"SNDSTATS_NUM_THREADS: expected .* got '?{bad}"):
            threads.count(LONG)


def test_without_either_it_is_what_the_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SNDSTATS_NUM_THREADS", "OMP_NUM_THREADS"):
        monkeypatch.setenv(name, "")
    for affinity, quota, want in ((8, 3, 3), (2, 256, 2), (1000, 1000, 256)):
        monkeypatch.setattr(threads, "_affinity", lambda n=affinity: n)
        monkeypatch.setattr(threads, "_quota", lambda n=quota: n)
        assert threads.count(LONG) == want
