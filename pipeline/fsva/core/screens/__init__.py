"""What is told of long work while it goes on."""
