"""What sort of question a player asked: its language, its category, how common it is."""
