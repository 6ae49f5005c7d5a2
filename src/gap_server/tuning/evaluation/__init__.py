"""What a model knows: asked what it was never trained on, and judged, by rule, by judges and by people."""
