"""Reads of readings: the programme overview, one cluster's figures, and what disagrees."""
