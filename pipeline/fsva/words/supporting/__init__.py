"""What the supporting tables of a report say, before anything is drawn or typeset."""
