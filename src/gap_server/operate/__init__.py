"""What operators do: the catalogue, moderation, the probe, readiness."""
