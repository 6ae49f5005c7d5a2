"""What a question asks, and what is claimed in answer to it: one reader for each way of asking."""
