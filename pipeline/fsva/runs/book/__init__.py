"""From an edition to its report, the annex to the decree, and the slides."""
