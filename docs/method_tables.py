"""Put the tables of official methods and of roll-up rules into targets.md, as the core has them."""

import re
from collections.abc import Iterable
from pathlib import Path

import sndstats as snd

PAGE = Path(__file__).parent / "targets.md"


def rows(header: tuple[str, ...], lines: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, ("---",) * len(header), *lines))


def names(arguments: Iterable[str]) -> str:
    """Arguments as code."""
    return ", ".join(f"`{name}`" for name in arguments)


def method_table() -> str:
    """The methods that `assess` knows."""
    lines = []
    for m in snd.methods():
        needs = names(m.needs)
        if m.needs_with_target:
            needs += f"; with a target {names(m.needs_with_target)}"
        lines.append((f"`{m.name}`", m.office, m.statistic, m.target, needs, m.certainty))
    return rows(("method", "office", "value", "target", "needs", "certainty"), lines)


def rollup_table() -> str:
    """The rules that `roll_up` knows."""
    lines = [
        (f"`{m.name}`", m.office, m.statistic, names(m.suits) or "any", names(m.takes), m.certainty)
        for m in snd.roll_up_methods()
    ]
    return rows(("rule", "office", "value", "verdicts of", "takes", "certainty"), lines)


def with_tables(text: str) -> str:
    """The page with the present tables between its markers."""
    for name, table in (("methods", method_table()), ("roll-up-methods", rollup_table())):
        pattern = rf"(<!-- {name} -->\n).*?(\n<!-- end -->)"
        text, found = re.subn(pattern, lambda m, t=table: m[1] + t + m[2], text, flags=re.DOTALL)
        if found != 1:
            raise ValueError(f"{PAGE.name}: expected one marker {name!r}, got {found}")
    return text


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
