"""gap-server: the open platform for Gamified Adversarial Prompting (arXiv 2410.04038)."""

from importlib.metadata import version

__version__ = version("gap-server")
"""From pyproject.toml, as it was installed: it stands nowhere else in the code."""
