"""A tuned model on its way back into the game: registered, through the gate, given its share, taken back."""
