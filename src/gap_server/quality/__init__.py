"""The statistics of trust: how far players' judgements can be believed. No I/O: counts in, estimates out."""
