"""Files → values: the border, where everything that comes in is checked."""
