"""The site: what is stored as pages, served (``rolecall serve``) or written to files (``rolecall site build``)."""
