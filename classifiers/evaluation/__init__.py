"""How right the labels are: predicted lines beside gold lines, as figures. Pure functions.

Lines are those of ``rolecall classify``."""
