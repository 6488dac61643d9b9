"""A night as a page that needs nothing else: no script, no file beside it, no address outside."""
