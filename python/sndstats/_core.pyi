"""The C extension. Private: its functions check only what could corrupt memory."""

from numpy import int32, int64, ufunc
from numpy.typing import NDArray

progress: ufunc

def factorize(
    keys: NDArray[int64], missing: int | None, ascending: bool, /
) -> tuple[NDArray[int32], NDArray[int64]]: ...
