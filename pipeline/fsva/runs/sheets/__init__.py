"""What is made of sheets that other files hold too: the atlas in one file."""
