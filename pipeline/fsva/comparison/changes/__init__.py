"""What differs between the sides of a comparison, and why."""
