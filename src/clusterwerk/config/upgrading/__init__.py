"""From one release to the next: what is to be done, what may not be, and who wrote the database."""
