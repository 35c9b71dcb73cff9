"""How sure classes and ranks are."""
