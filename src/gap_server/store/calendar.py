"""The days and weeks that the game counts by, as SQL: of UTC. A week is named by its Monday."""

TODAY = "(now() at time zone 'UTC')::date"
THIS_WEEK = "date_trunc('week', now() at time zone 'UTC')::date"
NUMBER_OF_TODAY = f"select number from app.daily where day = {TODAY}"
"""Of today's ten. No row while nobody has asked for them yet."""
