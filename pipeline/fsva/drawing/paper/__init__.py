"""What a drawing is made of: marks, texts, type faces, borders."""
