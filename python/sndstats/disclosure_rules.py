"""The rules of disclosure control: their words, and their parameters as exact fractions."""

import numbers as kinds
from decimal import Decimal
from enum import IntFlag
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .numeric import whole

__all__ = ["ConcentrationRule", "DisclosureRule", "concentration_rules", "in_words"]

#: The most contributions that a rule takes together (SST_TOGETHER_MOST in csrc/core/disclosure.h).
_TOGETHER = 64
#: Of the rules that the core takes (RULES_MOST in csrc/bind/disclosure.c), two are p and pq.
_PAIRS_MOST = 62


class DisclosureRule(IntFlag):
    """Which rules a cluster breaks; arrays of them are int8, 0 where it breaks none.

    FREQUENCY: fewer contributors than `min_count`. DOMINANCE: a dominance rule (n, k).
    P_PERCENT: the p% rule. PRIOR_POSTERIOR: the (p, q) rule. The numbers (enum
    sst_disclosure_flag in csrc/core/disclosure.h) never change.

    Examples
    --------
    >>> import sndstats as snd
    >>> snd.DisclosureRule(6).name
    'DOMINANCE|P_PERCENT'

    References
    ----------
    A. Hundepool et al., Handbook on Statistical Disclosure Control, 2nd edition (2025), 4.2.
    """

    FREQUENCY = 1
    DOMINANCE = 2
    P_PERCENT = 4
    PRIOR_POSTERIOR = 8


#: In the order of the flags.
_WORDS = {
    DisclosureRule.FREQUENCY: "frequency",
    DisclosureRule.DOMINANCE: "dominance",
    DisclosureRule.P_PERCENT: "p%",
    DisclosureRule.PRIOR_POSTERIOR: "prior-posterior",
}


def in_words(rule: NDArray[np.int8]) -> NDArray[Any]:
    """Words for the rules of each flag array's element, separated by commas; "" for none."""
    texts = [", ".join(word for flag, word in _WORDS.items() if flag & k) for k in range(16)]
    words: NDArray[Any] = np.array(texts)[rule]
    return words


class ConcentrationRule(NamedTuple):
    """A row of struct sst_concentration_rule."""

    flag: int
    together: int
    over: int
    under: int


def concentration_rules(dominance: Any, p: Any, pq: Any, coalition: Any) -> list[ConcentrationRule]:
    """The concentration rules as the core takes them."""
    known = whole("coalition", coalition)
    if not 1 <= known < _TOGETHER:
        raise ValueError(f"coalition: expected 1 to {_TOGETHER - 1} contributors, got {coalition!r}")
    if known > 1 and p is None and pq is None:
        raise ValueError(f"coalition: goes with p or pq, got {coalition!r} without either")
    rules = []
    for n, k in _pairs_of("dominance", dominance):
        together = whole("dominance", n)
        percent = _percent("dominance", k)
        if not 1 <= together <= _TOGETHER or percent >= 100:
            raise ValueError(f"dominance: expected n from 1 to {_TOGETHER} and k below 100, got {(n, k)!r}")
        rules.append(_rule(DisclosureRule.DOMINANCE, together, percent / 100, "dominance"))
    # x1 > ratio * (X - S) with the inverse of p/100.
    if p is not None:
        rules.append(_rule(DisclosureRule.P_PERCENT, known + 1, 100 / _percent("p", p), "p"))
    for before, after in _pairs_of("pq", pq)[:1]:
        ratio = _percent("pq", after) / _percent("pq", before)
        rules.append(_rule(DisclosureRule.PRIOR_POSTERIOR, known + 1, ratio, "pq"))
    return rules


def _pairs_of(name: str, given: Any) -> list[tuple[Any, Any]]:
    """A pair, or (for dominance) several."""
    if given is None:
        return []
    try:
        items = list(given)
        one = len(items) == 2 and not any(hasattr(x, "__len__") for x in items)
        pairs = [tuple(items)] if one else [tuple(x) for x in items]
    except TypeError as error:
        raise TypeError(f"{name}: expected a pair of numbers, got {given!r}") from error
    if any(len(x) != 2 for x in pairs) or (name == "pq" and not one):
        what = "a pair (p, q)" if name == "pq" else "a pair (n, k) or a list of pairs"
        raise ValueError(f"{name}: expected {what}, got {given!r}")
    if len(pairs) > _PAIRS_MOST:
        raise ValueError(f"{name}: expected at most {_PAIRS_MOST} pairs, got {len(pairs)}")
    return pairs


def _percent(name: str, value: Any) -> Fraction:
    """A percent above zero, exactly; a float stands for the shortest decimal that gives it."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (kinds.Real, Decimal)):
        raise TypeError(f"{name}: expected a percent, got {value!r}")
    try:
        if isinstance(value, (Decimal, kinds.Rational)):
            percent = Fraction(int(value) if isinstance(value, kinds.Integral) else value)
        else:
            percent = Fraction(str(value))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{name}: expected a finite percent, got {value!r}") from error
    if percent <= 0:
        raise ValueError(f"{name}: expected a percent above 0, got {value!r}")
    return percent


def _rule(flag: DisclosureRule, together: int, ratio: Fraction, name: str) -> ConcentrationRule:
    if max(ratio.numerator, ratio.denominator) >= 2**63:
        raise ValueError(f"{name}: expected a percent of fewer digits; its fraction does not fit 63 bits")
    return ConcentrationRule(int(flag), together, ratio.numerator, ratio.denominator)
