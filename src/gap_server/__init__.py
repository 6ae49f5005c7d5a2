"""gap-server: the open platform for Gamified Adversarial Prompting (arXiv 2410.04038)."""

__version__ = "0.1.0"
