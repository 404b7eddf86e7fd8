"""Build the C extension; all other metadata is in pyproject.toml."""

import os
import shlex
import sysconfig
from pathlib import Path

import numpy
from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

HERE = Path(__file__).parent
SOURCES = sorted(p.relative_to(HERE).as_posix() for p in HERE.glob("csrc/*/*.c"))
HEADERS = sorted(p.relative_to(HERE).as_posix() for p in HERE.glob("csrc/*/*.h"))
# The stable ABI has no free-threaded form yet: those builds are for one Python version.
ABI3 = not sysconfig.get_config_var("Py_GIL_DISABLED")


class BuildExt(build_ext):
    """Compiler flags by compiler; the user's CFLAGS come last, so they win."""

    def build_extensions(self) -> None:
        """Add the flags and build."""
        if self.compiler.compiler_type == "msvc":
            flags, links = ["/O2", "/std:c11", "/fp:precise"], []
        else:
            # Exact sums need every operation rounded as written: no contraction, no fast-math.
            flags = ["-std=c11", "-O3", "-fvisibility=hidden", "-ffp-contract=off", "-pthread"]
            flags += shlex.split(os.environ.get("CFLAGS", ""))
            links = ["-pthread", *([] if os.name == "nt" else ["-lm"])]
        for extension in self.extensions:
            extension.extra_compile_args = flags
            extension.extra_link_args = links
        super().build_extensions()


setup(
    ext_modules=[
        Extension(
            "sndstats._core",
            SOURCES,
            depends=HEADERS,
            include_dirs=["csrc/core", numpy.get_include()],
            define_macros=[
                ("NPY_NO_DEPRECATED_API", "NPY_2_0_API_VERSION"),
                ("NPY_TARGET_VERSION", "NPY_2_0_API_VERSION"),
                *([("Py_LIMITED_API", "0x030b0000")] if ABI3 else []),
            ],
            py_limited_api=ABI3,
        )
    ],
    cmdclass={"build_ext": BuildExt},
    options={"bdist_wheel": {"py_limited_api": "cp311"}} if ABI3 else {},
)
