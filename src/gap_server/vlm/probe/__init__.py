"""Does a model play its part? Both arms asked, compared and reported."""
