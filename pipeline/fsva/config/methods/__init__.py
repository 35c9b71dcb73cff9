"""Methods, their measures and baselines."""
