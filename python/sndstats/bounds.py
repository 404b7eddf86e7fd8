"""Words that stand beside a printed figure and say on which side of it the true one lies."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .containers import is_series

__all__ = ["ABOUT", "NEAR", "OVER", "bound_code", "read_bounds"]

CODES = ("eq", "ge", "gt", "le", "lt")
NEAR, OVER, ABOUT = "near", "over", "about"

# What a word says beyond its code: nothing, a little below, a little above, or either side.
_WORDS: dict[str, tuple[str, str]] = {
    word: (code, kind)
    for code, kind, words in (
        ("eq", "", "eq = == 达 达到 为 实现 完成 exactly"),
        ("ge", "", "ge >= ≥ 以上 不低于 不少于 不小于 至少 at_least no_less_than not_less_than or_more"),
        ("gt", "", "gt > 超 超过 逾 突破 高于 多于 大于 more_than over above exceeding"),
        ("le", "", "le <= ≤ 以下 以内 不超过 不高于 不多于 至多 at_most no_more_than not_more_than up_to"),
        ("lt", "", "lt < 不足 不到 不满 低于 少于 小于 less_than fewer_than under below"),
        ("lt", NEAR, "近 将近 nearly almost"),
        ("gt", OVER, "多 余 just_over slightly_over"),
        ("eq", ABOUT, "约 大约 左右 上下 about around approximately"),
    )
    for word in words.split()
}


def _read(word: Any) -> tuple[str | None, str]:
    if not isinstance(word, str):
        return None, ""
    return _WORDS.get("_".join(word.strip().lower().split()), (None, ""))


def read_bounds(name: str, bound: Any) -> tuple[NDArray[Any], NDArray[Any]]:
    """Codes as positions in `CODES`, int8, and what each word says beyond; errors name `name`."""
    words = np.asarray(bound, dtype=object)
    codes, kinds = np.frompyfunc(_read, 1, 2)(words)
    codes, kinds = np.asarray(codes, dtype=object), np.asarray(kinds, dtype=object)
    if np.any(unknown := np.equal(codes, np.array(None))):
        raise ValueError(
            f"{name}: unknown bound {words[unknown].ravel()[0]!r}; expected 'eq', 'ge', 'gt', 'le' or 'lt', "
            f"or a word that bound_code reads, such as '以上' or 'at least'"
        )
    return np.asarray(np.frompyfunc(CODES.index, 1, 1)(codes), dtype=np.int8), kinds


def bound_code(word: Any) -> Any:
    """The bound that a word beside a figure means, as the audits take it (以上, 超, 近, 多, 约).

    ======  ==========================================  =======================================
    code    Chinese                                     English
    ======  ==========================================  =======================================
    "eq"    达, 达到, 为, 实现, 完成                    exactly
    "ge"    以上, 不低于, 不少于, 不小于, 至少          at least, no less than, or more
    "gt"    超, 超过, 逾, 突破, 高于, 多于, 大于        more than, over, above, exceeding
    "le"    以下, 以内, 不超过, 不高于, 不多于, 至多    at most, no more than, up to
    "lt"    不足, 不到, 不满, 低于, 少于, 小于          less than, fewer than, under, below
    "lt"    近, 将近: just below                        nearly, almost
    "gt"    多, 余: a little above                      just over, slightly over
    "eq"    约, 大约, 左右, 上下: on either side        about, around, approximately
    ======  ==========================================  =======================================

    How far the last three reach is not in the word. `unround` reads 多 and 余 up to the next
    step of the digits and asks for a tolerance for 约; an audit asks for a half-width there.
    力争, 确保, 计划 and 预计 name a goal, a plan or a first estimate: they are no bounds.

    Parameters
    ----------
    word : str or sequence of str
        A code itself, a sign (``">="``), or one of the words; case and spaces do not count.

    Returns
    -------
    str, ndarray of str or Series
        A str for one word, else of the same shape; a Series for a Series. An empty sequence
        gives an empty array.

    Raises
    ------
    ValueError
        For a word that is not in the table, a missing one included, naming it.

    Examples
    --------
    >>> import sndstats as snd
    >>> snd.bound_code("以上")
    'ge'
    >>> snd.bound_code(["超", "近", "at most"]).tolist()
    ['gt', 'lt', 'le']

    References
    ----------
    Civil Code of the People's Republic of China, art. 1259: 以上, 以下 and 以内 include the
    number, 超过 and 不满 do not.
    """
    positions, _ = read_bounds("word", word)
    codes = np.array(CODES)[positions]
    if is_series(word):
        return type(word)(codes, index=word.index, name=word.name)
    return codes if codes.ndim else str(codes)
