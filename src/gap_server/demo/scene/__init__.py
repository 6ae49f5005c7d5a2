"""What a demo scene shows: the words for it, its exact description, how its things stand to one another."""
