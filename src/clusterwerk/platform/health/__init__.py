"""What is and is not in order with the installation, for its steward."""
