"""Forms that agencies fill in and send back."""
