"""Growth rates, target gaps and cluster aggregates over NumPy arrays.

Rates and shares are fractions (0.03 is three percent), time runs along axis 0, and
missing is NaN. Every function says what it does with missing, zero and negative input.
"""

from importlib.metadata import version

from .growth import cagr, growth_between, growth_rate, growth_reason, implied_base
from .panel import Panel
from .reasons import Reason
from .targets import progress

__version__ = version("sndstats")

__all__ = [
    "Panel",
    "Reason",
    "cagr",
    "growth_between",
    "growth_rate",
    "growth_reason",
    "implied_base",
    "progress",
]
