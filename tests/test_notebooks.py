"""The notebooks of examples/ are run, raise nothing, and say nothing of the machine that ran them.

Their JSON is read as it stands, so that no Jupyter library is needed. A notebook made here shows
that each fault is found.
"""

import copy
import json
import re
from collections.abc import Callable, Iterator
from importlib import util
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PATH = re.compile(r"(?<![\w<])/(home|root|tmp|work|Users)\b")
ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,}", re.IGNORECASE)


def load_runner() -> Any:
    spec = util.spec_from_file_location("notebooks", ROOT / "docs" / "notebooks.py")
    runner = util.module_from_spec(spec)
    spec.loader.exec_module(runner)
    return runner


RUNNER = load_runner()


def texts(node: Any) -> Iterator[str]:
    """Every text in a notebook but encoded images, where letters mean nothing."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for part in node:
            yield from texts(part)
    elif isinstance(node, dict):
        for name, part in node.items():
            if not name.startswith("image/") or name == "image/svg+xml":
                yield from texts(part)


def faults(path: Path) -> list[str]:
    """What is wrong with a notebook, nothing if it may be committed."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = notebook["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]
    outputs = [output for cell in code for output in cell["outputs"]]
    every = list(texts(notebook))
    wrong = {
        "not run once from top to bottom": [cell["execution_count"] for cell in code]
        != list(range(1, len(code) + 1)),
        "no outputs": not outputs,
        "a cell raises": any(output["output_type"] == "error" for output in outputs),
        "a path of one machine": any(map(PATH.search, every)),
        "an address in memory": any(map(ADDRESS.search, every)),
        "metadata of one run": notebook["metadata"] != RUNNER.METADATA
        or any(set(cell["metadata"]) - {"tags"} for cell in cells),
    }
    return [fault for fault, found in wrong.items() if found]


def test_notebooks_may_be_committed():
    found = {path.name: faults(path) for path in (ROOT / "examples").glob("*.ipynb")}
    assert not {name: why for name, why in found.items() if why}, "see `make notebooks-write`"


def code_cell(count: int, source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": count,
        "id": f"cell-{count}",
        "metadata": {},
        "outputs": list(outputs),
        "source": source.splitlines(keepends=True),
    }


def printed(text: str) -> dict[str, Any]:
    return {"name": "stdout", "output_type": "stream", "text": [text]}


GOOD = {
    "cells": [
        {
            "cell_type": "markdown",
            "id": "title",
            "metadata": {},
            "source": ["See https://example.org/home/tmp, and/or his homework/work; </work>, /workers.\n"],
        },
        code_cell(1, "import sndstats as snd"),
        code_cell(2, "print(2 * 3)", printed("6\n")),
        code_cell(
            3,
            "plot()",
            {
                "data": {"image/png": "iVBOR/tmp/home=", "text/plain": ["<Figure size 640x480>"]},
                "metadata": {"needs_background": "light"},
                "output_type": "display_data",
            },
        ),
        code_cell(None, ""),
    ],
    "metadata": RUNNER.METADATA,
    "nbformat": 4,
    "nbformat_minor": 5,
}


def saved(folder: Path, notebook: dict[str, Any]) -> Path:
    path = folder / "notebook.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def test_a_good_notebook_has_no_fault(tmp_path: Path) -> None:
    assert faults(saved(tmp_path, GOOD)) == []


def never_run(notebook: dict[str, Any]) -> None:
    for cell in notebook["cells"][1:]:
        cell.update(execution_count=None, outputs=[])


def run_out_of_order(notebook: dict[str, Any]) -> None:
    notebook["cells"][1]["execution_count"] = 4


def without_outputs(notebook: dict[str, Any]) -> None:
    for cell in notebook["cells"][1:]:
        cell["outputs"] = []


def raising(notebook: dict[str, Any]) -> None:
    error = {"ename": "ValueError", "evalue": "lag", "output_type": "error", "traceback": ["lag"]}
    notebook["cells"][2]["outputs"] = [error]


def printing(text: str) -> Callable[[dict[str, Any]], None]:
    return lambda notebook: notebook["cells"][2].update(outputs=[printed(text)])


def with_path_in_svg(notebook: dict[str, Any]) -> None:
    notebook["cells"][3]["outputs"][0]["data"]["image/svg+xml"] = ["<svg>\n", "<!-- /tmp/plot -->"]


def with_path_in_text(notebook: dict[str, Any]) -> None:
    notebook["cells"][0]["source"] = ["Figures are read from /work/figures.csv."]


def with_path_in_code(notebook: dict[str, Any]) -> None:
    notebook["cells"][1]["source"] = ['open("/Users/me/figures.csv")']


def with_times(notebook: dict[str, Any]) -> None:
    notebook["cells"][1]["metadata"] = {"execution": {"iopub.execute_input": "2023-02-07T00:00:00Z"}}


def of_a_named_kernel(notebook: dict[str, Any]) -> None:
    notebook["metadata"] = {
        "kernelspec": {"display_name": "mine", "language": "python", "name": "mine"},
        "language_info": {"name": "python", "version": "3.11.7"},
    }


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (never_run, "not run once from top to bottom"),
        (run_out_of_order, "not run once from top to bottom"),
        (without_outputs, "no outputs"),
        (raising, "a cell raises"),
        (printing("/home/me/sndstats/plans.py:3: UserWarning"), "a path of one machine"),
        (printing("file:///tmp/figures.csv"), "a path of one machine"),
        (printing("'/root'"), "a path of one machine"),
        (with_path_in_svg, "a path of one machine"),
        (with_path_in_text, "a path of one machine"),
        (with_path_in_code, "a path of one machine"),
        (printing("[<matplotlib.lines.Line2D at 0x7f39db2160d0>]"), "an address in memory"),
        (with_times, "metadata of one run"),
        (of_a_named_kernel, "metadata of one run"),
    ],
)
def test_faults_are_found(spoil: Callable[[dict[str, Any]], None], fault: str, tmp_path: Path) -> None:
    notebook = copy.deepcopy(GOOD)
    spoil(notebook)
    assert fault in faults(saved(tmp_path, notebook))


@pytest.mark.parametrize("spoil", [with_times, of_a_named_kernel])
def test_what_is_written_is_stripped(spoil: Callable[[dict[str, Any]], None], tmp_path: Path) -> None:
    notebook = copy.deepcopy(GOOD)
    notebook["cells"][2]["metadata"] = {"tags": ["kept"], "collapsed": True}
    spoil(notebook)
    RUNNER.strip(notebook)
    assert faults(saved(tmp_path, notebook)) == []
    assert notebook["cells"][2]["metadata"] == {"tags": ["kept"]}
    assert [cell["source"] for cell in notebook["cells"]] == [cell["source"] for cell in GOOD["cells"]]
    assert notebook["cells"][3]["outputs"] == GOOD["cells"][3]["outputs"]
