"""Public sources of village layers."""
