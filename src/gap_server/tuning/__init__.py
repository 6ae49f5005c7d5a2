"""The loop: a model is tuned on what the game found, evaluated, and sent back into the game."""
