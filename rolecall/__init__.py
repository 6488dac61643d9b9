"""The face: the command line and what it prints."""
