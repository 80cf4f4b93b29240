"""What each hat has to do today: one module a hat, each a few queries whatever the numbers."""
