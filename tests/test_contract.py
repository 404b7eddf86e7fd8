"""What must be there for every public name, and the layers' direction."""

import inspect
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sndstats as snd
import vectors
from sndstats import _core

ROOT = Path(__file__).parents[1]
PUBLIC = sorted(name for name in snd.__all__ if not inspect.ismodule(getattr(snd, name)))
FUNCTIONS = [name for name in PUBLIC if inspect.isfunction(getattr(snd, name))]
VECTORS = vectors.read_all()
# What returns text, or tables of text and figures, has tests of its own instead of vectors.
WITHOUT_VECTOR = {"bound_code", "methods", "roll_up_methods", "scorecard"}


@pytest.mark.parametrize("name", PUBLIC)
def test_public_name_has_a_complete_docstring(name):
    text = inspect.getdoc(getattr(snd, name)) or ""
    for section in ("Examples\n--------", "References\n----------"):
        assert section in text, f"{name}: its docstring has no section {section.split()[0]}"
    assert ">>> " in text


@pytest.mark.parametrize("name", FUNCTIONS)
def test_public_function_is_annotated_and_described(name):
    function = getattr(snd, name)
    text = inspect.getdoc(function) or ""
    signature = inspect.signature(function)
    assert signature.return_annotation is not inspect.Signature.empty, f"{name}: no return annotation"
    for parameter in signature.parameters.values():
        assert parameter.annotation is not inspect.Parameter.empty, (
            f"{name}: {parameter.name} is not annotated"
        )
        assert re.search(rf"\b{parameter.name}\b", text), f"{name}: {parameter.name} is not in the docstring"


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - WITHOUT_VECTOR))
def test_public_function_has_a_vector(name):
    assert any(v.name == name for v in VECTORS), f"{name}: no block in tests/vectors names it"


def test_vectors_have_a_source_and_an_expectation():
    for vector in VECTORS:
        assert vector.source, f"{vector.where}: no source"
        assert vector.expect, f"{vector.where}: nothing expected"


def test_no_module_has_the_name_of_a_public_function():
    modules = {path.stem for path in (ROOT / "python" / "sndstats").glob("*.py")}
    assert not modules & set(FUNCTIONS)


def test_the_stub_of_the_extension_names_what_is_there():
    stub = (ROOT / "python" / "sndstats" / "_core.pyi").read_text(encoding="utf-8")
    named = set(re.findall(r"^(?:def )?(\w+)(?:\(|:)", stub, re.MULTILINE)) - {"def"}
    there = {name for name in dir(_core) if not name.startswith("__")}
    assert named == there


def test_the_core_knows_neither_python_nor_numpy():
    for path in (ROOT / "csrc" / "core").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"Python\.h|\bPy[A-Z]\w|numpy|\bnpy_|\bNPY_", text), path.name


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads an ELF symbol table")
def test_the_extension_exports_one_symbol():
    nm = shutil.which("nm")
    assert nm is not None, "nm (binutils) comes with the compiler that built the extension"
    table = subprocess.run(
        [nm, "-D", "--defined-only", _core.__file__], capture_output=True, text=True, check=True
    )
    assert [line.split()[-1] for line in table.stdout.splitlines()] == ["PyInit__core"]
