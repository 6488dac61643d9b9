"""One spider a platform; file, class, fixture folder and docs heading have the platform's name."""
