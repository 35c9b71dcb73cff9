"""What an atlas says of itself: cover, contents, headings of its parts."""
