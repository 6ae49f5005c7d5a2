"""THE RULES of the game (arXiv 2410.04038, section 3). No I/O: time and randomness are handed in."""
