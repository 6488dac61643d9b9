"""The jobs of a store in memory: a filtered page, every facet's counts and the small pictures in a few milliseconds.

What a filter means is said once, in ``storage.queries.selecting``; a test holds both against each other. Only what serves many
pages is worth the loading: the command line asks SQL.
"""
