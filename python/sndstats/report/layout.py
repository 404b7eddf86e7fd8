"""Lines of text in a terminal, where a Chinese character takes two columns."""

import re
import unicodedata

__all__ = ["WIDTH", "clean", "fill", "heading", "pad", "spread", "width"]

WIDTH = 80

#: A number and the sign behind it stay on one line.
_TOGETHER = re.compile(r"(?<=\d) (?=%|points)")


def clean(text: str) -> str:
    """Text without control characters, which could move the cursor of a terminal."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def width(text: str) -> int:
    """Columns that a text takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def pad(text: str, columns: int) -> str:
    """The text, filled with spaces to a number of columns."""
    return text + " " * max(0, columns - width(text))


def _broken(word: str, columns: int) -> list[str]:
    """A word cut where it does not fit; Chinese text has no spaces to break at."""
    if width(word) <= columns:
        return [word]
    pieces, piece = [], ""
    for character in word:
        if width(piece + character) > columns:
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]


def fill(text: str, first: str = "", rest: str | None = None, columns: int = WIDTH) -> list[str]:
    """The text in lines of at most `columns`, behind a first and a following indent."""
    rest = " " * width(first) if rest is None else rest
    room = columns - max(width(first), width(rest))
    lines, line = [], ""
    glued = (word.replace("\0", " ") for word in _TOGETHER.sub("\0", clean(text)).split())
    for word in (piece for whole in glued for piece in _broken(whole, room)):
        if line and width(line) + 1 + width(word) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    return [((rest if i else first) + line).rstrip() for i, line in enumerate(lines)]


def spread(left: str, right: str, columns: int) -> list[str]:
    """Text at the left, wrapped, and at the right end of its first line a word, if there is room for it."""
    room = columns - width(right) - 2
    if not right or room < columns // 3:
        return [*fill(left, columns=columns - 5), *(fill(right, columns=columns - 5) if right else [])]
    first, *others = fill(left, columns=min(room, columns - 5))
    return [pad(first, columns - width(right)) + right, *others]


def heading(text: str) -> list[str]:
    """A title over a line of its own length."""
    return ["", *fill(text), "=" * min(WIDTH, width(clean(text))), ""]
