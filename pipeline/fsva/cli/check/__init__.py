"""Commands that check and explain an edition."""
