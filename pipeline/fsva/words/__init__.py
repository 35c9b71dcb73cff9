"""What maps and reports say, in words."""
