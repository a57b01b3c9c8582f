"""What the home of each kind of seat shows, read from the rooms below."""
