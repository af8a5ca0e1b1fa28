from importlib.metadata import version as installed_version

project = "archscan"
author = "The archscan developers"
project_copyright = author
release = installed_version("archscan")
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.viewcode", "numpydoc"]
html_theme = "furo"
html_title = "archscan"
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "dollarmath"]
autodoc_typehints = "none"
numpydoc_show_class_members = False
