"""Which ground the main map and its insets show, and on which paper."""
