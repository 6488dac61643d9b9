"""A posting to labels, each with the words that decide it. ``classifiers.classify`` is the door."""
