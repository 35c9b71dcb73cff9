"""Judgements about a village layer as a whole: where it lies, and how large it is."""
