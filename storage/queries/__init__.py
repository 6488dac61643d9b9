"""Questions to the store, one kind a file; rows are plain values under the names of the data dictionary."""
