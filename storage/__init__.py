"""What is kept: SQL for state, filters and history, Parquet for texts and payloads. ``storage.store`` is the door."""
