"""The site on a server: ``rolecall serve``."""
