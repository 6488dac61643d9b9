"""The site as files: ``rolecall site build``."""
