"""What an audit found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .rounding import Interval

__all__ = ["Audit"]


class Audit:
    """What an audit found; arrays of the broadcast shape of its figures.

    Attributes
    ----------
    consistent : int8
        1: some numbers within rounding and bounds satisfy the claim; 0: none do;
        -1: cannot be told, because a figure is missing and was solved for.
    widening : float64
        The least common factor on the half-widths that makes the claim consistent: at most 1
        where it is consistent, 0 where the bare figures or any width satisfy it, 1.3 where the prints are
        30 % outside their rounding, infinite where no rounding could explain them. NaN where
        `consistent` is -1.
    level, growth, base : Interval
        The figures narrowed to what the claim leaves of them, solved for where missing;
        unknown (NaN) where the claim is inconsistent or nothing bounds the figure. Their
        `value` is the print, or the solution from the bare figures.
        An `audit_share` has `part`, `share` and `whole`, an `audit_sum` has `parts`, along the
        leading axis, and `total`, an `audit_completion` `actual`, `target`, `completion`, `lead`.

    Examples
    --------
    >>> import sndstats as snd
    >>> found = snd.audit(level=13, growth=0.30, level_half_width=0.5, growth_half_width=0.005)
    >>> found.base
    Interval([9.578544, 10.42471], value=10)

    References
    ----------
    The sums of XBRL Calculations 1.1 (XBRL International, 2023) check printed figures as
    intervals in the same way.
    """

    __slots__ = ("_members", "consistent", "widening")

    consistent: NDArray[np.int8]
    widening: NDArray[np.float64]
    _members: Mapping[str, Interval]

    def __init__(self, consistent: Any, widening: Any, members: Mapping[str, Interval]) -> None:
        """Hold the results; audits make these."""
        object.__setattr__(self, "consistent", np.asarray(consistent).astype(np.int8)[()])
        object.__setattr__(self, "widening", np.asarray(widening)[()])
        object.__setattr__(self, "_members", dict(members))

    def __getattr__(self, name: str) -> Interval:
        """Give an interval by the name of its figure."""
        members = {} if name.startswith("_") else self._members
        if name not in members:
            raise AttributeError(f"{name}: this audit has {', '.join(members) or 'no such attribute'}")
        return members[name]

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse: findings do not change."""
        raise AttributeError(f"{name}: audits do not change")

    def __dir__(self) -> list[str]:
        """List the intervals too."""
        return [*super().__dir__(), *self._members]

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy by what is held."""
        return Audit, (self.consistent, self.widening, self._members)

    def __repr__(self) -> str:
        """Show the verdict, then the intervals."""
        consistent, widening = (
            np.array2string(x, separator=", ") if np.ndim(x) else str(x)
            for x in (self.consistent, self.widening)
        )
        lines = [f"consistent={consistent}, widening={widening}"]
        lines += [f"{name}={interval!r}" for name, interval in self._members.items()]
        return "Audit(" + ",\n".join(lines).replace("\n", "\n  ") + ")"
