"""The loop: run folders for tuning frameworks, and how good a model is on what it was never trained on."""
