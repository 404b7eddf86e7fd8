"""What README shows is what the program prints."""

import re
from pathlib import Path

import sndstats as snd

ROOT = Path(__file__).parents[1]


def test_the_scorecard_shown_is_the_one_printed():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- scorecard -->\n```text\n(.*?)```", text, re.DOTALL)
    assert shown is not None
    parts = shown.group(1).split("\n\n...\n\n")
    assert len(parts) > 1
    rest = repr(snd.scorecard(snd.datasets.snd()))
    for part in parts:
        _, found, rest = rest.partition(part.rstrip("\n"))
        assert found, f"not printed, or not in this place: {part}"


def test_links_lead_somewhere():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / target).exists(), target
