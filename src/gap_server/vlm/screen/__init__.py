"""What an answer may not say: admissions, the instructions' own words, answers about something else."""
