"""Tables as cells of text, before their meaning is known."""
