"""Rows to text: pure functions that know widths and words, and no stream, file or database."""
