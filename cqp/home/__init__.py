"""What each role has to do today: one module a role, each a few queries whatever the numbers."""
