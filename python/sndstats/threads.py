"""How many threads a long call may use.

`threads=` if given, else SNDSTATS_NUM_THREADS, else OMP_NUM_THREADS (which Dask and
joblib set for their workers), else what the process may use: the lesser of the CPU
affinity and the control group's quota. Read at each call; results never depend on it.
"""

import os
from typing import Any

__all__ = ["count"]

#: Rows below which starting a thread costs more than it saves.
SHORT = 200_000
#: The most threads one call starts (SST_MAX_THREADS in csrc/core/parallel.h).
MOST = 256


def count(rows: int, threads: Any = None) -> int:
    """Threads for a call over `rows` rows; an explicit number is taken as it is."""
    if threads is not None:
        return _whole("threads", threads)
    if rows < SHORT:
        return 1
    for variable in ("SNDSTATS_NUM_THREADS", "OMP_NUM_THREADS"):
        text = os.environ.get(variable, "").split(",")[0].strip()
        if text.isdecimal() and variable == "OMP_NUM_THREADS":
            text = str(min(int(text), MOST))  # OpenMP's limit is not ours
        if text:
            return _whole(f"environment variable {variable}", int(text) if text.isdecimal() else text)
    return max(1, min(_affinity(), _quota(), MOST))


def _whole(name: str, value: Any) -> int:
    """A number of threads, or the error that names where it came from."""
    try:
        number = int(value)
        exact = bool(number == value)
    except (TypeError, ValueError, OverflowError):
        exact, number = False, 0
    if not exact or not 1 <= number <= MOST:
        raise ValueError(f"{name}: expected a whole number from 1 to {MOST}, got {value!r:.80}")
    return number


def _affinity() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _quota() -> int:
    """CPUs that the control group (v2, then v1) grants, rounded up; no limit: MOST."""
    try:
        with open("/sys/fs/cgroup/cpu.max", encoding="ascii") as file:
            quota, period = file.read().split()
    except (OSError, ValueError):
        try:
            with open("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", encoding="ascii") as file:
                quota = file.read().strip()
            with open("/sys/fs/cgroup/cpu/cpu.cfs_period_us", encoding="ascii") as file:
                period = file.read().strip()
        except OSError:
            return MOST
    if quota in ("max", "-1"):
        return MOST
    return max(1, -(-int(quota) // int(period)))
