"""Growth rates, target gaps and cluster aggregates over NumPy arrays.

Rates and shares are fractions (0.03 is three percent), time runs along axis 0, and
missing is NaN. Every function says what it does with missing, zero and negative input.
"""

from importlib.metadata import version

from .clusters import Clusters
from .reasons import Reason
from .sums import exact_mean, exact_sum
from .targets import progress

__version__ = version("sndstats")

__all__ = [
    "Clusters",
    "Reason",
    "exact_mean",
    "exact_sum",
    "progress",
]
