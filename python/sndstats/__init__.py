"""Growth rates, target gaps and cluster aggregates over NumPy arrays.

Rates and shares are fractions (0.03 is three percent), time runs along axis 0, and
missing is NaN. Every function says what it does with missing, zero and negative input.
"""

from importlib.metadata import version

from . import datasets
from .annuals import AnnualGrowth, annual_growth, carry_over
from .assessments import Assessment, Method
from .audited import Audit
from .audits import audit, audit_completion, audit_share, audit_sum
from .averages import annualize, average_growth, doubling_time, doublings
from .bases import link_series, rebase
from .bounds import bound_code
from .calendars import elapsed_share
from .chains import chain, compound_growth, flow_growth
from .changes import Growing
from .cluster_table import ClusterTable
from .clusters import Clusters, aggregate
from .concentration import concentration_ratio, entropy, equivalent_number, hhi, hoover
from .contributions import contribution, contribution_share
from .counts import grim, integer_bases, integer_wholes
from .disclosed import Disclosure
from .disclosure_rules import DisclosureRule
from .formulas import growth_from_increase, share_from_parts
from .growth import cagr, growth_between, growth_rate, growth_reason, implied_base
from .inequality import TheilDecomposition, gini, mean_log_deviation, theil, theil_decomposition
from .official import assess, methods
from .panel import Panel
from .paths import expected_value, pace, schedule_lead
from .plants import EllisonGlaeser, ellison_glaeser
from .positions import target_reason
from .projections import attainment_time, projected_value
from .reasons import Reason
from .regions import hachman, krugman, location_quotient
from .rolled import RollUp, RollUpMethod
from .rollups import roll_up, roll_up_methods
from .rounding import Interval, half_width
from .schedules import earned_time, required_acceleration, to_complete
from .scorecards import Scorecard, scorecard
from .shift_shares import ShiftShare, shift_share
from .states import ClusterState
from .stretches import floor_and_stretch
from .sums import exact_mean, exact_sum
from .targets import (
    attainment,
    gap,
    met,
    progress,
    relative_gap,
    required_change,
    required_growth,
)
from .trends import projection, projection_reason
from .unrounding import PrintedInterval, unround
from .variances import exact_std, exact_var
from .ytds import period_growth_from_ytd, period_to_ytd, ytd_to_period

__version__ = version("sndstats")

__all__ = [
    "AnnualGrowth",
    "Assessment",
    "Audit",
    "ClusterState",
    "ClusterTable",
    "Clusters",
    "Disclosure",
    "DisclosureRule",
    "EllisonGlaeser",
    "Growing",
    "Interval",
    "Method",
    "Panel",
    "PrintedInterval",
    "Reason",
    "RollUp",
    "RollUpMethod",
    "Scorecard",
    "ShiftShare",
    "TheilDecomposition",
    "aggregate",
    "annual_growth",
    "annualize",
    "assess",
    "attainment",
    "attainment_time",
    "audit",
    "audit_completion",
    "audit_share",
    "audit_sum",
    "average_growth",
    "bound_code",
    "cagr",
    "carry_over",
    "chain",
    "compound_growth",
    "concentration_ratio",
    "contribution",
    "contribution_share",
    "datasets",
    "doubling_time",
    "doublings",
    "earned_time",
    "elapsed_share",
    "ellison_glaeser",
    "entropy",
    "equivalent_number",
    "exact_mean",
    "exact_std",
    "exact_sum",
    "exact_var",
    "expected_value",
    "floor_and_stretch",
    "flow_growth",
    "gap",
    "gini",
    "grim",
    "growth_between",
    "growth_from_increase",
    "growth_rate",
    "growth_reason",
    "hachman",
    "half_width",
    "hhi",
    "hoover",
    "implied_base",
    "integer_bases",
    "integer_wholes",
    "krugman",
    "link_series",
    "location_quotient",
    "mean_log_deviation",
    "met",
    "methods",
    "pace",
    "period_growth_from_ytd",
    "period_to_ytd",
    "progress",
    "projected_value",
    "projection",
    "projection_reason",
    "rebase",
    "relative_gap",
    "required_acceleration",
    "required_change",
    "required_growth",
    "roll_up",
    "roll_up_methods",
    "schedule_lead",
    "scorecard",
    "share_from_parts",
    "shift_share",
    "target_reason",
    "theil",
    "theil_decomposition",
    "to_complete",
    "unround",
    "ytd_to_period",
]
