"""The C extension. Private: its functions check only what could corrupt memory."""

from numpy import float64, int8, ufunc
from numpy.typing import NDArray

attainment_inverse: ufunc
attainment_ratio: ufunc
attainment_reflected: ufunc
expected_geometric: ufunc
expected_share: ufunc
gap: ufunc
interval_add: ufunc
interval_divide: ufunc
interval_multiply: ufunc
pace: ufunc
planned_geometric: ufunc
planned_given: ufunc
planned_linear: ufunc
progress: ufunc
relative_gap: ufunc
required_change: ufunc
required_growth: ufunc
schedule_lead: ufunc

def audit_product(figures: NDArray[float64], bounds: NDArray[int8], offset: float, /) -> NDArray[float64]: ...
def audit_sum(figures: NDArray[float64], bounds: NDArray[int8], /) -> NDArray[float64]: ...
