"""The rules of disclosure control, and their words."""

from enum import IntFlag
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["DisclosureRule", "in_words"]


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
