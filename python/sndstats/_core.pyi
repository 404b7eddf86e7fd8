"""The C extension. Private: its functions check only what could corrupt memory."""

from typing import Any

from numpy import int32, int64, ufunc
from numpy.typing import NDArray

cagr: ufunc
growth_difference: ufunc
growth_log: ufunc
growth_midpoint: ufunc
growth_midpoint_nan: ufunc
growth_ratio: ufunc
growth_ratio_abs: ufunc
growth_ratio_nan: ufunc
growth_refused: ufunc
growth_simple: ufunc
growth_simple_abs: ufunc
growth_simple_nan: ufunc
implied_base: ufunc
progress: ufunc

def factorize(
    keys: NDArray[int64], missing: int | None, ascending: bool, /
) -> tuple[NDArray[int32], NDArray[int64]]: ...
def growth(
    plan: Any,
    measure: str,
    values: NDArray[Any],
    out: NDArray[Any],
    lags: tuple[int, ...],
    periods: float | None,
    fill: float,
    threads: int,
    /,
) -> None: ...
def panel_rows(plan: Any, lag: int, rows: NDArray[int64], /) -> None: ...
def panel_scan(
    labels: NDArray[int32] | NDArray[int64] | None, steps: NDArray[int64] | None, keep: bool, threads: int, /
) -> tuple[Any, int, int] | None: ...
def panel_sort(
    codes: NDArray[int32] | None, units: int, steps: NDArray[int64] | None, threads: int, /
) -> tuple[Any, int, int] | tuple[int, int]: ...
