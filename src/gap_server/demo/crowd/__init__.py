"""Players of known kinds at a running server, over HTTP, before pictures whose contents are known."""
