"""The command line: one file a command, each a thin verb over a call of the rooms below."""
