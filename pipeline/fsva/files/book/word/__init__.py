"""Word files: fields, content controls, and the document around them."""
