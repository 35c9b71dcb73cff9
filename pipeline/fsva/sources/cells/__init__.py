"""Tables as cells of text, without their meaning."""
