"""One page a file: what it shows as frozen records, which its template lays out and its ``.json`` writes."""
