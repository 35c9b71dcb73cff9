"""Commands that make what an office publishes."""
