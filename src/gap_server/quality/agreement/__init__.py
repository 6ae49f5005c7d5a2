"""Do two short answers to one question say the same? A stated rule, for what words alone can tell."""
