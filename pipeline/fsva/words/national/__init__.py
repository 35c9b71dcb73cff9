"""What is said of many districts together."""
