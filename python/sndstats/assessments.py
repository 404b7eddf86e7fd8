"""What an official method says of each case."""

import html
import sys
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["NOT_AVAILABLE", "Assessment", "Method"]

#: The word for status 0.
NOT_AVAILABLE = "not_available"


class Method(NamedTuple):
    """An official method of assessing progress, as `methods` lists them.

    Attributes
    ----------
    name, office, statistic, source, certainty : str
        What to call it, whose it is, what its value is, where it is written down, and whether
        it was read there, taken from programs, or reproduced from published figures.
    target : str
        "required", "optional" (without one the trend alone is judged) or "none".
    needs, needs_with_target, takes : tuple of str
        Arguments of `assess` that it cannot do without, those it needs where there is a
        target, and those it makes use of.
    labels, trend_labels : tuple of str
        Its words for the classes, worst first, with and without a target: status 1 upward.
    limits, trend_limits : tuple of (float, str)
        The limits between those classes, worst first: a value that is ">=" (or ">", "<=", "<")
        the limit is in the class above it. Empty where a class depends on more than one
        figure, as the colors of "sdsn" do.
    thresholds : tuple of (str, float)
        Limits that the source leaves open or to the user, with their customary values.

    Examples
    --------
    >>> import sndstats as snd
    >>> canada = next(m for m in snd.methods() if m.name == "canada")
    >>> canada.target, canada.needs_with_target, canada.limits[-1]
    ('optional', ('deadline',), (0.95, '>='))

    References
    ----------
    Each method names its own.
    """

    name: str
    office: str
    target: str
    statistic: str
    needs: tuple[str, ...]
    needs_with_target: tuple[str, ...]
    takes: tuple[str, ...]
    labels: tuple[str, ...]
    limits: tuple[tuple[float, str], ...]
    trend_labels: tuple[str, ...]
    trend_limits: tuple[tuple[float, str], ...]
    thresholds: tuple[tuple[str, float], ...]
    source: str
    certainty: str


class Assessment:
    """Verdicts of an official method; arrays of the broadcast shape of the figures.

    Attributes
    ----------
    method : Method
        Whose verdicts these are.
    value : float64
        The method's statistic; NaN where there is none.
    score : float64
        The method's score; NaN where it has none.
    status : int8
        0 for no verdict, 1 for the worst class, and upward.
    labels : array of str
        The method's own words for the status; "not_available" for 0.
    reason : int8
        Of `Reason`, as `target_reason` gives it.
    slipping : bool
        Whether the target is met, but by a figure worse than its baseline; on a range, nearer to
        one of its ends from inside. Methods differ on whether that costs a class; this flag does
        not. False where there is no target, or a figure is missing.
    reachable : uint16
        Only with half-widths: a bit for each status that figures within their rounding can take, 1
        for status 0, 2 for status 1, 4 for status 2, ... 0 where a half-width is missing.
        `reachable_labels` gives the words.
    determined : bool
        Only with half-widths: whether that is one status, the status itself.

    Examples
    --------
    >>> import sndstats as snd
    >>> found = snd.assess([14.5, 10.0], [10.2, 10.4], [7.25, 0.1], start=2015, now=2023, deadline=2030,
    ...                    better="lower", method="canada")
    >>> found.labels.tolist()
    ['substantial_progress', 'deterioration']
    >>> [snd.Reason(r).name for r in found.reason]
    ['OK', 'MOVING_AWAY']
    >>> met = snd.assess(7.05, 12.58, 70.0, start=2015, now=2024, deadline=2030, better="lower",
    ...                  method="canada")
    >>> str(met.labels), bool(met.slipping)
    ('target_achieved', True)
    >>> rounded = snd.assess([90, 90], [90, 93], start=2015, now=2021, better="higher", method="canada",
    ...                      baseline_half_width=0.5, actual_half_width=0.5)
    >>> rounded.determined.tolist(), rounded.reachable.tolist()
    ([False, False], [6, 12])
    >>> rounded.reachable_labels()[1]
    ('limited_progress', 'moderate_progress')

    References
    ----------
    Each method names its own.
    """

    __slots__ = (
        "_axes",
        "_reachable",
        "_with_target",
        "method",
        "reason",
        "score",
        "slipping",
        "status",
        "value",
    )

    method: Method
    value: Any
    score: Any
    status: Any
    reason: Any
    slipping: Any
    _with_target: NDArray[np.bool_]
    _axes: tuple[Any, ...]
    _reachable: Any

    def __init__(
        self,
        method: Method,
        value: Any,
        score: Any,
        status: Any,
        reason: Any,
        slipping: Any,
        with_target: NDArray[np.bool_],
        axes: tuple[Any, ...] = (),
        reachable: Any = None,
    ) -> None:
        """Hold the results; `assess` makes these."""
        held = (axes, reachable, with_target, method, reason, score, slipping, status, value)
        for name, x in zip(self.__slots__, held, strict=True):
            object.__setattr__(self, name, x)

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse: verdicts do not change."""
        raise AttributeError(f"{name}: assessments do not change")

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy by what is held."""
        held = (self.method, self.value, self.score, self.status, self.reason, self.slipping)
        return Assessment, (*held, self._with_target, self._axes, self._reachable)

    @property
    def labels(self) -> Any:
        """The method's own words for the status."""
        words = np.array([NOT_AVAILABLE, *self.method.labels, *self.method.trend_labels], dtype=str)
        after = np.where(self._with_target, 0, len(self.method.labels))
        return words[np.where(self.status > 0, self.status + after, 0)]

    @property
    def reachable(self) -> Any:
        """A bit for each status that the figures can take within their rounding."""
        if self._reachable is None:
            raise AttributeError(
                "reachable, determined: this assessment took its figures as exact; give assess "
                "baseline_half_width=, actual_half_width= or target_half_width="
            )
        return self._reachable

    @property
    def determined(self) -> Any:
        """Whether the figures can take one status only within their rounding."""
        return self.reachable == np.uint16(1) << self.status.astype(np.uint16)

    def reachable_labels(self) -> Any:
        """The words of the statuses within rounding, worst first: a tuple, or an array of them.

        Raises
        ------
        AttributeError
            Where no half-widths were given.
        """
        own = self.method
        bits = np.ravel(self.reachable).astype(np.int64) * 2 + np.ravel(self._with_target)
        found, where = np.unique(bits, return_inverse=True)
        sets = np.empty(len(found), object)
        for k, code in enumerate(found.tolist()):
            words = (NOT_AVAILABLE, *(own.labels if code & 1 else own.trend_labels))
            sets[k] = tuple(word for status, word in enumerate(words) if code >> (status + 1) & 1)
        return sets[where.reshape(np.shape(self.reachable))]

    def to_pandas(self) -> Any:
        """A frame with a row for each element and columns value, score, status, label, reason, slipping.

        With half-widths, also determined and reachable, the latter as tuples of words. Rows have the
        labels of the figures: of a frame, pairs of its index and its columns.
        """
        import pandas as pd

        from .reasons import Reason

        names = np.array([reason.name for reason in Reason])
        columns = {
            "value": self.value,
            "score": self.score,
            "status": self.status,
            "label": self.labels,
            "reason": names[self.reason],
            "slipping": self.slipping,
        }
        flat: dict[str, Any] = {name: np.ravel(x) for name, x in columns.items()}
        if self._reachable is not None:
            labels = self.reachable_labels()
            flat["determined"] = np.ravel(self.determined)
            flat["reachable"] = labels.ravel() if np.ndim(self.status) else pd.array([labels], dtype=object)
        axes = self._axes
        index = pd.MultiIndex.from_product(axes) if len(axes) > 1 else axes[0] if axes else None
        return pd.DataFrame(flat, index=index)

    def __repr__(self) -> str:
        """Show the method, then the verdicts."""
        lines = [f"method={self.method.name!r}"]
        rounded = () if self._reachable is None else ("determined", "reachable")
        for name in ("labels", "value", "score", "status", "reason", "slipping", *rounded):
            x = getattr(self, name)
            shown = np.array2string(x, separator=", ", threshold=20) if np.ndim(x) else repr(x.item())
            lines.append(f"{name}={shown}")
        return "Assessment(" + ",\n".join(lines).replace("\n", "\n  ") + ")"

    def _repr_html_(self) -> str:
        """Show the frame where pandas is there."""
        if "pandas" in sys.modules:
            return str(self.to_pandas()._repr_html_())
        return f"<pre>{html.escape(repr(self))}</pre>"
