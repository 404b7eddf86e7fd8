"""Put the present output of the scorecard into README.md: the parts named here, "..." between."""

import re
from pathlib import Path

import sndstats as snd

README = Path(__file__).parents[1] / "README.md"
TARGETS = ("B01", "B02", "B05", "B09", "B13")
FINDINGS = "What the checks find"


def excerpt(text: str) -> str:
    """The named targets and the findings."""
    blocks = text.split("\n\n")
    chosen = [next(b for b in blocks if b.startswith(target)) for target in TARGETS]
    start = next(k for k, b in enumerate(blocks) if b.startswith(FINDINGS))
    end = next(k for k, b in enumerate(blocks) if b.startswith("Cluster: "))
    chosen.append("\n\n".join(blocks[start:end]))
    return "\n\n...\n\n".join(chosen)


def main() -> None:
    """Replace what stands between the marker and the end of its block."""
    shown = excerpt(repr(snd.scorecard(snd.datasets.snd())))
    text = README.read_text(encoding="utf-8")
    pattern = r"(<!-- scorecard -->\n```text\n).*?(```)"
    README.write_text(
        re.sub(pattern, lambda m: m[1] + shown + "\n" + m[2], text, flags=re.DOTALL), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
