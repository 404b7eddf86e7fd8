"""The C extension. Private: its functions check only what could corrupt memory."""

from typing import Any

from numpy import float64, int32, int64, ufunc, uint8
from numpy.typing import NDArray

progress: ufunc

def factorize(
    keys: NDArray[int64], missing: int | None, ascending: bool, /
) -> tuple[NDArray[int32], NDArray[int64]]: ...
def code_bounds(codes: NDArray[Any], /) -> tuple[int, int]: ...
def group_count(
    values: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    skipna: bool,
    threads: int,
    /,
) -> NDArray[int64]: ...
def group_extreme(
    values: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    greatest: bool,
    skipna: bool,
    min_count: int,
    threads: int,
    /,
) -> tuple[NDArray[Any], NDArray[int64]]: ...
def group_sum(
    values: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    mean: bool,
    skipna: bool,
    min_count: int,
    threads: int,
    /,
) -> NDArray[Any]: ...

State = tuple[int, NDArray[int64], NDArray[int64], NDArray[uint8], NDArray[int64], NDArray[int64]]

def exact_state(
    values: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    addend: int,
    skipna: bool,
    threads: int,
    /,
) -> State: ...
def exact_merge(a: State, b: State, /) -> State: ...
def exact_finish(
    state: State, weights: State | None, mean: bool, dtype: Any, min_count: int, /
) -> NDArray[Any]: ...
