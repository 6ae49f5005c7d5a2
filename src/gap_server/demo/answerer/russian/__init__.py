"""Russian: a table of words with their forms, and how answers sound in it."""
