"""The version, in the one place the package build reads too."""

__version__ = "0.1.0"
