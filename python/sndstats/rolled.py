"""What verdicts come to when they are rolled up, and the rules that do it."""

from typing import Any, NamedTuple

import numpy as np

from .assessments import NOT_AVAILABLE

__all__ = ["RollUp", "RollUpMethod"]


class RollUpMethod(NamedTuple):
    """A rule that rolls verdicts up, as `roll_up_methods` lists them.

    Attributes
    ----------
    name, office, statistic, source, certainty : str
        What to call it, whose it is, what its value is, where it is written down, and whether
        it was read there, taken from programs, or reproduced from published figures.
    suits : tuple of str
        Methods and rules whose verdicts it takes; empty: any.
    takes : tuple of str
        Arguments of `roll_up` that it makes use of beside the verdicts.
    by_status : bool
        Whether a member counts by its status, not its score.
    min_coverage : float
        The share of the members that must have a verdict.
    labels : tuple of str
        Its words for the classes, worst first; empty where it has none, or keeps those of the
        verdicts.
    limits : tuple of (float, str)
        The limits between those classes in ascending order, each with ">=" where the border
        belongs to the class above it, ">" where to the one below.
    keeps_status : bool
        Whether the result is one of the members' own classes.

    Examples
    --------
    >>> import sndstats as snd
    >>> undp = next(m for m in snd.roll_up_methods() if m.name == "undp")
    >>> undp.labels, undp.limits
    (('off track', 'for review', 'on track'), ((-0.5, '>='), (0.5, '>')))

    References
    ----------
    Each names its own.
    """

    name: str
    office: str
    statistic: str
    suits: tuple[str, ...]
    takes: tuple[str, ...]
    by_status: bool
    min_coverage: float
    labels: tuple[str, ...]
    limits: tuple[tuple[float, str], ...]
    keeps_status: bool
    source: str
    certainty: str


class RollUp:
    """Verdicts rolled up; arrays with the clusters in place of the members.

    Attributes
    ----------
    method : RollUpMethod
        By which rule.
    value : float64
        The rule's statistic; NaN where there is none.
    score : float64
        What the result counts when it is rolled up again; NaN where there is none.
    status : int8 or None
        0 for no verdict, 1 for the worst class, and upward; None where the rule has no classes.
    labels : array of str or None
        The words for the status, "not_available" for 0; None where there are none.
    members, available : int64
        How many there were, and how many of them had a verdict.
    coverage : float64
        The share of the members that had one; NaN for an empty cluster.
    clusters : ndarray, pandas.Index or None
        The label of each cluster; None where everything was one.

    Examples
    --------
    >>> import sndstats as snd
    >>> goals = snd.roll_up([3.0, 2.0, -4.0, float("nan")], [1, 1, 2, 2], method="mean")
    >>> goals.value.tolist(), goals.available.tolist(), goals.coverage.tolist()
    ([2.5, -4.0], [2, 1], [1.0, 0.5])

    References
    ----------
    Each rule names its own.
    """

    __slots__ = ("available", "clusters", "members", "method", "score", "status", "value", "words")

    method: RollUpMethod
    value: Any
    score: Any
    status: Any
    members: Any
    available: Any
    clusters: Any
    words: tuple[str, ...]

    def __init__(
        self,
        available: Any,
        clusters: Any,
        members: Any,
        method: RollUpMethod,
        score: Any,
        status: Any,
        value: Any,
        words: tuple[str, ...],
    ) -> None:
        """Hold the results; `roll_up` makes these."""
        held = (available, clusters, members, method, score, status, value, words)
        for name, x in zip(self.__slots__, held, strict=True):
            object.__setattr__(self, name, x)

    def __setattr__(self, name: str, value: Any) -> None:
        """Refuse: verdicts do not change."""
        raise AttributeError(f"{name}: roll-ups do not change")

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy by what is held."""
        return RollUp, tuple(getattr(self, name) for name in self.__slots__)

    @property
    def labels(self) -> Any:
        """The words for the status."""
        if self.status is None or not self.words:
            return None
        return np.array([NOT_AVAILABLE, *self.words], dtype=str)[self.status]

    @property
    def coverage(self) -> Any:
        """The share of the members that had a verdict."""
        share = np.full(np.shape(self.members), np.nan)
        return np.divide(self.available, self.members, out=share, where=np.asarray(self.members) > 0)[()]

    def to_pandas(self) -> Any:
        """A frame with a row for each cluster and columns value, score, status, label, members, available."""
        import pandas as pd

        columns = {"value": self.value, "score": self.score, "status": self.status, "label": self.labels}
        columns |= {"members": self.members, "available": self.available}
        flat = {name: np.ravel(x) for name, x in columns.items() if x is not None}
        index = self.clusters if np.ndim(self.value) == 1 else None
        if isinstance(index, np.ndarray) and index.dtype == object:
            index = pd.Index(index)
        return pd.DataFrame(flat, index=index)

    def __repr__(self) -> str:
        """Show the rule, then the verdicts."""
        lines = [f"method={self.method.name!r}"]
        for name in ("clusters", "labels", "value", "members", "available"):
            x = getattr(self, name)
            if x is not None:
                x = np.asarray(x)
                shown = np.array2string(x, separator=", ", threshold=20) if np.ndim(x) else repr(x.item())
                lines.append(f"{name}={shown}")
        return "RollUp(" + ",\n".join(lines).replace("\n", "\n  ") + ")"
