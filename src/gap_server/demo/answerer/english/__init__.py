"""English: how it is typed, and how answers sound in it."""
