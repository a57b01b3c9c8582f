"""`clusterwerk doctor`: what is in order, what is not, and how to mend it. It changes nothing."""
