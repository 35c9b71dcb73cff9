"""Histograms and class schemes, by which an officer judges a baseline."""
