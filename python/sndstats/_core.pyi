"""The C extension. Private: its functions check only what could corrupt memory."""

from typing import Any

from numpy import bool_, float64, int8, int32, int64, intp, ufunc, uint8
from numpy.typing import NDArray

acceleration_geometric: ufunc
acceleration_linear: ufunc
annualize_compound: ufunc
annualize_linear: ufunc
attainment_inverse: ufunc
attainment_ratio: ufunc
attainment_reflected: ufunc
cagr: ufunc
calendar_after: ufunc
calendar_years: ufunc
contribution: ufunc
contribution_annual_base: ufunc
contribution_share_base: ufunc
doubling_time: ufunc
doublings: ufunc
earned_geometric: ufunc
expected_geometric: ufunc
expected_share: ufunc
gap: ufunc
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
interval_add: ufunc
interval_divide: ufunc
interval_multiply: ufunc
met: ufunc
nearer_end: ufunc
pace: ufunc
planned_geometric: ufunc
planned_given: ufunc
planned_linear: ufunc
progress: ufunc
projected_geometric: ufunc
projected_share: ufunc
relative_gap: ufunc
required_change: ufunc
required_growth: ufunc
schedule_lead: ufunc
span_geometric: ufunc
span_linear: ufunc
to_complete_geometric: ufunc
to_complete_linear: ufunc
to_complete_share: ufunc
within_limits: ufunc

def assess(
    method: str | None,
    geometric: bool,
    operands: tuple[NDArray[float64] | None, ...],
    side: NDArray[int8],
    strict: NDArray[int8],
    thresholds: tuple[float, ...],
    series: NDArray[float64] | None,
    times: NDArray[float64] | None,
    out: tuple[
        NDArray[float64] | None,
        NDArray[float64] | None,
        NDArray[int8] | None,
        NDArray[int8],
        NDArray[bool_] | None,
    ],
    threads: int,
    rounding: tuple[Any, ...] | None,
    /,
) -> None: ...
def audit_completion(figures: NDArray[float64], bounds: NDArray[int8], /) -> NDArray[float64]: ...
def audit_product(figures: NDArray[float64], bounds: NDArray[int8], offset: float, /) -> NDArray[float64]: ...
def audit_sum(figures: NDArray[float64], bounds: NDArray[int8], /) -> NDArray[float64]: ...
def factorize(
    labels: NDArray[Any], missing: int | None, ascending: bool, threads: int, /
) -> tuple[NDArray[int32], NDArray[intp]]: ...
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
def lanes(
    measure: str,
    inputs: tuple[NDArray[Any], ...],
    out: NDArray[Any],
    options: tuple[float, ...],
    threads: int,
    /,
) -> None: ...
def method_table() -> tuple[Any, ...]: ...
def region(
    measure: str,
    start: NDArray[float64],
    end: NDArray[float64] | None,
    start_reference: NDArray[float64] | None,
    end_reference: NDArray[float64] | None,
    skipna: bool,
    options: tuple[float, float],
    out: NDArray[float64],
    /,
) -> None: ...
def roll_up(
    rule: str,
    min_coverage: float,
    codes: NDArray[Any] | None,
    clusters: int,
    operands: tuple[NDArray[Any] | None, ...],
    out: tuple[NDArray[Any], ...],
    /,
) -> None: ...
def rollup_table() -> tuple[Any, ...]: ...
def panel_rows(plan: Any, lag: int, rows: NDArray[int64], /) -> None: ...
def panel_scan(
    labels: NDArray[int32] | NDArray[int64] | None, steps: NDArray[int64] | None, keep: bool, threads: int, /
) -> tuple[Any, int, int] | None: ...
def panel_sort(
    codes: NDArray[int32] | None, units: int, steps: NDArray[int64] | None, threads: int, /
) -> tuple[Any, int, int] | tuple[int, int]: ...
def ytd(
    plan: Any,
    period: NDArray[int64],
    measure: str,
    values: NDArray[Any],
    missing: NDArray[bool_] | None,
    out: NDArray[Any],
    threads: int,
    /,
) -> None: ...
def ytd_growth(
    plan: Any, period: NDArray[int64], figures: NDArray[float64], threads: int, /
) -> NDArray[float64]: ...
def ytd_years(period: NDArray[int64], newest_first: bool, year: NDArray[int64], /) -> int | None: ...
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
def group_end(
    values: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    last: bool,
    skipna: bool,
    min_count: int,
    threads: int,
    /,
) -> tuple[NDArray[Any], NDArray[int64]]: ...
def group_position(
    values: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    greatest: bool,
    skipna: bool,
    min_count: int,
    threads: int,
    /,
) -> NDArray[int64]: ...
def group_top(
    values: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    k: int,
    skipna: bool,
    min_count: int,
    threads: int,
    /,
) -> tuple[NDArray[Any], NDArray[int64]]: ...
def group_truth(
    values: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    all: bool,
    skipna: bool,
    min_count: int,
    threads: int,
    /,
) -> tuple[NDArray[bool_], NDArray[bool_] | None]: ...
def group_variance(
    values: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    ddof: int,
    root: bool,
    skipna: bool,
    min_count: int,
    threads: int,
    /,
) -> NDArray[Any]: ...
def variance_states(
    values: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    skipna: bool,
    threads: int,
    /,
) -> tuple[State, ...]: ...
def variance_finish(
    states: tuple[State, ...], ddof: int, root: bool, dtype: Any, min_count: int, /
) -> NDArray[Any]: ...
def group_quantile(
    values: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    q: NDArray[float64],
    skipna: bool,
    min_count: int,
    threads: int,
    /,
) -> NDArray[Any]: ...
def group_weighted_median(
    values: NDArray[Any],
    weights: NDArray[float64],
    codes: NDArray[Any] | None,
    groups: int,
    skipna: bool,
    min_count: int,
    threads: int,
    /,
) -> NDArray[Any]: ...
def group_distinct(
    values: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    skipna: bool,
    threads: int,
    /,
) -> NDArray[int64]: ...
def exact_merge(a: State, b: State, /) -> State: ...
def disclosure(
    values: NDArray[Any],
    shares: NDArray[float64] | None,
    codes: NDArray[Any],
    groups: int,
    ids: NDArray[int32] | None,
    count: int,
    waived: NDArray[bool_] | None,
    rules: tuple[tuple[int, int, int, int], ...],
    min_count: int,
    empty: bool,
    places: int,
    threads: int,
    /,
) -> tuple[NDArray[int8], NDArray[float64], NDArray[int64], NDArray[Any], NDArray[float64]]: ...
def exact_finish(
    state: State, weights: State | None, mean: bool, dtype: Any, min_count: int, /
) -> NDArray[Any]: ...
def exact_clusters(state: State, /) -> int: ...
def group_end_row(
    values: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    last: bool,
    skipna: bool,
    threads: int,
    /,
) -> NDArray[int64]: ...
def group_comoment(
    values: NDArray[Any],
    others: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    slope: bool,
    ddof: int,
    skipna: bool,
    min_count: int,
    threads: int,
    /,
) -> tuple[NDArray[Any], NDArray[int64]]: ...
def comoment_states(
    values: NDArray[Any],
    others: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    skipna: bool,
    threads: int,
    /,
) -> tuple[State, ...]: ...
def comoment_finish(
    states: tuple[State, ...], slope: bool, ddof: int, dtype: Any, min_count: int, /
) -> NDArray[Any]: ...
def group_spread(table: NDArray[Any], codes: NDArray[Any], threads: int, /) -> NDArray[Any]: ...
def group_share(
    values: NDArray[Any],
    weights: None,
    codes: NDArray[Any] | None,
    groups: int,
    skipna: bool,
    min_count: int,
    threads: int,
    /,
) -> NDArray[Any]: ...
def group_rank(
    values: NDArray[Any],
    weights: None,
    codes: NDArray[Any] | None,
    groups: int,
    ties: int,
    descending: bool,
    threads: int,
    /,
) -> NDArray[float64]: ...
def pair_codes(
    start: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any],
    groups: int,
    end: NDArray[Any],
    all: bool,
    threads: int,
    /,
) -> NDArray[int32]: ...
def pair_growing(
    start: NDArray[Any],
    weights: None,
    codes: NDArray[int32],
    groups: int,
    end: NDArray[Any],
    min_count: int,
    threads: int,
    /,
) -> tuple[NDArray[int64], NDArray[int64], NDArray[float64]]: ...
def exact_change(
    start: State,
    end: State,
    all_start: State | None,
    all_end: State | None,
    form: int,
    base: int,
    min_count: int,
    single: bool,
    /,
) -> NDArray[float64]: ...
def exact_signs(state: State, /) -> NDArray[int8]: ...
def group_measure(
    measure: str,
    values: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    options: tuple[float, ...],
    most: int,
    skipna: bool,
    min_count: int,
    threads: int,
    /,
) -> NDArray[Any]: ...
def group_several(
    values: NDArray[Any],
    weights: NDArray[float64] | None,
    codes: NDArray[Any] | None,
    groups: int,
    asked: tuple[tuple[str, int], ...],
    skipna: bool,
    min_count: int,
    threads: int,
    /,
) -> tuple[NDArray[Any], ...]: ...
