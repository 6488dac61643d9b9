"""Telling people of a night, in a process of its own: ``python -m flows.telling``, started by ``flows.notify``.

The libraries that carry a notice log the addresses they use, put them into the texts of errors and know no deadline over all they
do. Here their logs lead nowhere, only sentences of ours come out, and the parent ends what takes too long.
"""
