"""What an edition says of itself: sections, sources, headings, schemas."""
