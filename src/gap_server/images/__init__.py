"""The catalogue before it reaches the store: pictures found, judged and made alike."""
