"""Commands that begin an edition."""
