"""Mails and calendar files of a matchmaking day, and what happens to it by the clock."""
