"""Run the notebooks of examples/, each from the top in a kernel of its own; --write keeps their outputs.

It fails when a cell raises, and compares nothing. What it writes holds of the run its outputs alone:
no times, no versions, no kernel's name, so that a difference between two runs is one a reader sees.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[1] / "examples"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def strip(notebook: dict[str, Any]) -> None:
    """Take out what the run has left beside the outputs; tags stay."""
    notebook["metadata"] = METADATA
    for cell in notebook["cells"]:
        cell["metadata"] = {name: cell["metadata"][name] for name in cell["metadata"] if name == "tags"}


def run(path: Path, write: bool, settings: str) -> bool:
    """Whether every cell of a notebook runs; `settings` is IPython's folder, empty for a clean kernel."""
    # Imported here, because the tests of `strip` do without them.
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name=METADATA["kernelspec"]["name"],
        timeout=600,
        coalesce_streams=True,
        record_timing=False,
        force_raise_errors=True,
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute(env={**os.environ, "IPYTHONDIR": settings})
    except CellExecutionError as error:
        print(error, file=sys.stderr)
        return False
    if write:
        strip(notebook)
        nbformat.write(notebook, path)
    return True


def main() -> int:
    """Run the notebooks named, or all; 1 if one fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the outputs into the notebooks")
    parser.add_argument("notebooks", nargs="*", type=Path, help="all of examples/ when none is named")
    chosen = parser.parse_args()
    failed = []
    for path in chosen.notebooks or sorted(EXAMPLES.glob("*.ipynb")):
        print(path.name, flush=True)
        with tempfile.TemporaryDirectory() as settings:
            if not run(path, chosen.write, settings):
                failed.append(path.name)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
