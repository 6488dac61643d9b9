"""Saved searches: their feeds and exports, and which jobs are new matches for whom."""
