"""What researchers take away: answers to their SQL, data sets in the formats of the trade."""
