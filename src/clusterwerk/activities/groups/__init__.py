"""Governing bodies and standing groups: mandates, meetings, minutes, and what was to be done."""
