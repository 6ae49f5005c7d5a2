"""A crowd of players of known kinds: in memory by the hundred thousand, or one by one against a server."""
