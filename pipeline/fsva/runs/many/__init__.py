"""Many editions in one run: their list, the workers that make them, and what became of each."""
