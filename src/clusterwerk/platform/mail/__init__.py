"""Mail that is caught instead of sent, in development and demo."""
