"""Commands that compare editions."""
