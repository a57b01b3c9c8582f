"""What the fields of a row become: organisations, memberships, contacts, consent, talks."""
