"""The domain: what a posting is at each stage, and the pure functions that carry it from one stage to the next.

Nothing here touches the network, a database, or a disk beyond this package's own data files.
"""
