"""Runs that end in pages for the browser: that of an edition, and the index of a folder."""
