"""Rules about the supporting tables of a report: what printed sums, means and growths say."""
