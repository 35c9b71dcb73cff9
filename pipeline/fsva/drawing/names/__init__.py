"""Where the names of a district stand."""
