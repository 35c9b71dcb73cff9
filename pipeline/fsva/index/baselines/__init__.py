"""What an officer needs to judge a baseline."""
