"""Contacts of one cluster that may be one person: found, compared, merged, and taken apart."""
