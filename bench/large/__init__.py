"""A European programme beside the demo: thousands of clusters, and what they do to each page."""
