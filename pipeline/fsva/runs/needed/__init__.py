"""What would lift villages, and what other values would do."""
