"""Training sets: who is in them, in which form they leave, and what goes along with them."""
