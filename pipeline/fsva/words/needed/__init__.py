"""What lifts a village, in words."""
