"""Our own search, asked as the others are."""
