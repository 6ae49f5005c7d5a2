"""What an answer may not say: confessions, the instructions' own words, answers about something else."""
