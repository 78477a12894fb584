"""Letter → bytes: PDF and Word, from the same finished content."""
