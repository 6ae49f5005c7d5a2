"""Benchmarks of the trade: launched by folder where a GPU is, read back, before beside after."""
