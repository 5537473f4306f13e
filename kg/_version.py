"""The version, alone so that the build and `kg --version` read it without importing the package."""

__version__ = "0.1.0"
