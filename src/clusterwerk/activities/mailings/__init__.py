"""Mails to many: written, prepared, sent once at a pace, and what comes back of them."""
