"""Charts of the supporting data of a report: lines over years, bars of few numbers."""
