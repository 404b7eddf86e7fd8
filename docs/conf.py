"""Configuration of the documentation site."""

from importlib import metadata

project = "sndstats"
author = "the sndstats developers"
release = version = metadata.version("sndstats")
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc"]
html_theme = "pydata_sphinx_theme"
exclude_patterns = ["build"]
numpydoc_show_class_members = False
autosummary_generate = True
