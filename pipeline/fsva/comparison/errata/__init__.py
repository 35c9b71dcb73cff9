"""Errata of a published report: what it prints against what follows from its own classes."""
