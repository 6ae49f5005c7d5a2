"""A world so small that a model of 600,000 parameters can see it: plain pictures, few words, known truth."""
