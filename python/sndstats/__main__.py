"""The command: `python -m sndstats` prints the scorecard of a table of figures."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from . import __version__, datasets, scorecard
from .files import write_whole

__all__ = ["main"]

_ABOUT = """\
Scorecard of printed figures: base, gap, required growth, monthly need and
verdict of each target, and what the figures cannot all mean."""

_STATUS = """\
exit status: 0 the report was written; 1 figures that cannot be used, or a file
that cannot be read or written; 2 wrong usage"""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sndstats",
        description=_ABOUT,
        epilog=_STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "file", nargs="?", metavar="FILE.csv", help="table of figures; without it, the packaged ones"
    )
    parser.add_argument("--checks", metavar="FILE", help="CSV table of checks: id, kind, members, low, high")
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text", help="default: text")
    parser.add_argument("--output", metavar="PATH", help="write to a file, whole or not at all")
    parser.add_argument("--version", action="version", version=f"sndstats {__version__}")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and give its exit status."""
    try:
        options = _parser().parse_args(argv)
    except SystemExit as finished:
        return finished.code if isinstance(finished.code, int) else 2
    try:
        _spare_inputs(options)
        card = scorecard(datasets.snd() if options.file is None else options.file, options.checks)
        report = {"text": lambda: f"{card!r}\n", "json": card.to_json, "csv": card.to_csv}[options.format]()
        content = report.encode("utf-8", errors="replace")
        if options.output is None:
            _print(content)
        else:
            write_whole(Path(options.output), content)
    except (OSError, ValueError) as error:
        print(f"sndstats: {error}", file=sys.stderr)
        return 1
    return 0


def _spare_inputs(options: argparse.Namespace) -> None:
    """Refuse to write the report over a table that it is made from."""
    tables = [os.path.realpath(path) for path in (options.file, options.checks) if path is not None]
    if options.output is not None and os.path.realpath(options.output) in tables:
        raise ValueError(f"--output {options.output}: is one of the tables the report is made from")


def _print(content: bytes) -> None:
    """Write to standard output in UTF-8; a reader who has seen enough is no error."""
    if sys.stdout is None:
        raise OSError("standard output is closed")
    try:
        stream = getattr(sys.stdout, "buffer", None)
        if stream is None:
            sys.stdout.write(content.decode("utf-8"))
        else:
            sys.stdout.flush()
            stream.write(content)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes standard output once more at exit; give it somewhere to go.
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


if __name__ == "__main__":
    sys.exit(main())
