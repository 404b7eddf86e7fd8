"""Statistics that are asked for by name, one or several at once."""

import inspect
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

__all__ = ["SINGLE", "Statistic", "arguments", "statistics"]

#: Statistics of one result for each cluster, by the names of their methods.
SINGLE = (
    "all",
    "any",
    "argmax",
    "argmin",
    "concentration_ratio",
    "count",
    "covariance",
    "first",
    "gini",
    "hhi",
    "last",
    "max",
    "mean",
    "median",
    "min",
    "nunique",
    "quantile",
    "slope",
    "std",
    "sum",
    "theil",
    "var",
)

#: Arguments that are no options.
_COMMON = ("values", "weights", "axis", "threads")


class Statistic(NamedTuple):
    """A statistic that was asked for: what its result is called, its name, its options."""

    key: str
    name: str
    options: dict[str, Any]

    def __str__(self) -> str:
        """Return how it could be asked for."""
        asked = f"({self.name!r}, {self.options!r})" if self.options else repr(self.name)
        return asked if self.key == self.name else f"{self.key!r}: {asked}"


def statistics(
    asked: Any, known: Collection[str], *, error: type[Exception] = LookupError, argument: str = "stats"
) -> list[Statistic]:
    """What was asked for: one name, several, or a mapping of what each is to be called.

    In place of a name may stand a pair of it and a mapping of options, such as
    ``("quantile", {"q": 0.9})``. An unknown name is an `error` that lists the known.
    """
    if isinstance(asked, Mapping):
        found = [_statistic(one, argument)._replace(key=str(key)) for key, one in asked.items()]
    elif isinstance(asked, str) or _is_pair(asked) or not isinstance(asked, Iterable):
        found = [_statistic(asked, argument)]
    else:
        found = [_statistic(one, argument) for one in asked]
    keys = [one.key for one in found]
    for one in found:
        if one.name not in known:
            raise error(f"{argument}: {one.name!r} is none of {', '.join(sorted(known))}")
        if keys.count(one.key) > 1:
            raise ValueError(
                f"{argument}: {one.key!r} twice; pass a mapping of different names, "
                f"e.g. {{'{one.key}_1': ..., '{one.key}_2': ...}}"
            )
    if not found:
        raise ValueError(f"{argument}: expected at least one of {', '.join(sorted(known))}")
    return found


def arguments(
    method: Any, one: Statistic, common: Mapping[str, Any], *, argument: str = "stats"
) -> dict[str, Any]:
    """The arguments of a statistic's own method: those of `common`, and its options before them.

    What the method does not take is a TypeError.
    """
    taken = inspect.signature(method).parameters
    options = [name for name in taken if name not in _COMMON]
    for name in one.options:
        if name not in options:
            known = f"it has {', '.join(options)}" if options else "it has none"
            raise TypeError(f"{argument}: {one.name!r} has no option {name!r}; {known}")
    for name in options:
        if taken[name].default is inspect.Parameter.empty and name not in one.options:
            raise TypeError(
                f"{argument}: {one.name!r} needs {name!r}, e.g. ({one.name!r}, {{{name!r}: ...}})"
            )
    for name in common:
        if name not in taken:
            raise TypeError(f"{name}: {one.name!r} takes none; ask for it in a call without")
    return {**common, **one.options}


def _is_pair(asked: Any) -> bool:
    """Whether it is one name with its options."""
    return (
        isinstance(asked, tuple)
        and len(asked) == 2
        and isinstance(asked[0], str)
        and isinstance(asked[1], Mapping)
    )


def _statistic(asked: Any, argument: str) -> Statistic:
    if isinstance(asked, str):
        return Statistic(asked, asked, {})
    if _is_pair(asked):
        name, options = asked
        return Statistic(name, name, {str(k): x for k, x in options.items()})
    raise TypeError(f"{argument}: expected a name or a pair (name, options), got {asked!r}")
