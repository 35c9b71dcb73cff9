"""What follows from the supporting tables of a report: sums, means, growth."""
