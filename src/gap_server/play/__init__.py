"""The use cases: what players and operators can do, one transaction at a time."""
