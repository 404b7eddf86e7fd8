"""Why a figure is missing or is not an ordinary rate."""

from enum import IntEnum

__all__ = ["Reason"]


class Reason(IntEnum):
    """What a reader must know about a figure; arrays of reasons are int8.

    A reason does not mean that there is no value: a fall from profit to loss has a rate
    and a reason. Codes never change their number. `growth_reason`, `target_reason` and
    `projection_reason` say when each applies.

    Examples
    --------
    >>> import sndstats as snd
    >>> snd.Reason(4).name
    'ZERO_BASE'

    References
    ----------
    Statistical offices print words instead of a rate where the base is zero or negative:
    扭亏为盈 (loss to profit), 由盈转亏 (profit to loss), 减亏 (loss narrowed), 增亏 (loss
    widened), as in the National Bureau of Statistics' releases on industrial profits.
    """

    OK = 0
    MISSING_CURRENT = 1
    MISSING_BASE = 2
    NO_PERIOD = 3
    ZERO_BASE = 4
    NEGATIVE_BASE = 5
    LOSS_TO_PROFIT = 6
    PROFIT_TO_LOSS = 7
    LOSS_NARROWED = 8
    LOSS_WIDENED = 9
    BASE_IS_TARGET = 10
    ALREADY_MET = 11
    LOST_TARGET = 12
    MOVING_AWAY = 13
    GEOMETRIC_UNDEFINED = 14
    NO_INTERVAL = 15
    DEADLINE_PASSED = 16
    CLIPPED = 17
