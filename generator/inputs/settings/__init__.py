"""``edition.toml``: its keys, the rules they obey, and the values they become."""
