"""Reading extracts of the enterprise register, checking them, and loading them."""
