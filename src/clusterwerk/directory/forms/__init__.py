"""Forms of the directory; a file for each group."""
