"""The words of legends: ranges of values, rows, totals."""
