"""Digests of the newest seals, kept outside the database."""
