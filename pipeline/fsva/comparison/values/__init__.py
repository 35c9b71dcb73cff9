"""The values of a comparison: sides, subjects, result, thresholds."""
