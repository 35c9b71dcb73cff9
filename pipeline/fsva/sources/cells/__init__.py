"""Tables as cells of text, before anything is known of their meaning."""
