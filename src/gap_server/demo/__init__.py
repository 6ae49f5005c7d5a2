"""A world whose truth is known: scenes, their drawings, and a model that answers about them."""
