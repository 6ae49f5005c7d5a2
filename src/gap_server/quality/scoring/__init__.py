"""Scores of a model on held-out questions: how sure they are, and whether two models' differ."""
