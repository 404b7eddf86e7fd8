"""Python objects as figures: one rule for every family."""

from decimal import Decimal

import numpy as np
import pytest

import sndstats as snd

FAMILIES = {
    "growth": lambda x: snd.growth_rate(x, lag=0),
    "element-wise": lambda x: snd.gap(x, 0, better="higher"),
    "clusters": lambda x: snd.Clusters(range(len(x))).sum(x, min_count=1),
    "audits": lambda x: snd.audit(x, 0).base.value,
}


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_none_is_missing_and_numbers_count(family):
    got = family([1, None, Decimal("2.5"), True])
    assert np.isnan(got).tolist() == [False, True, False, False]


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
@pytest.mark.parametrize("values", [["3", "4"], np.array(["3", None], dtype=object), [1j, None]])
def test_text_and_complex_are_no_numbers(family, values):
    with pytest.raises(TypeError, match="expected"):
        family(values)


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_an_integer_that_would_be_rounded_is_refused(family):
    with pytest.raises((TypeError, ValueError), match=str(2**53 + 1)):
        family([2**53 + 1, None])
    assert not np.isnan(family([2**53 + 2, None])[0])
