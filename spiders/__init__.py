"""The web to raw postings: one spider a platform on a shared base, the guards around them, and the practice server."""
