"""What the office can do about an error, as lines to copy."""
