"""The result of a session as a picture to share."""
