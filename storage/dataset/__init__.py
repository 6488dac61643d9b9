"""The Parquet data set: what each run changed, in files that only manifests make part of it.

Read ``place`` (where it lives), then ``manifest`` (what is part of it), ``writing`` and ``reading``, then what a run, a tidy-up and
a purge do: ``export``, ``sweep``, ``compaction``, ``purging``.

The rules that keep it whole, whatever is killed when:

- A data file is written first, its manifest last; the manifest appears whole or not at all, and is the commit.
- A path that a manifest names is never written again: a rewrite gets a new path and a manifest that ``replaces`` the old one.
- One writer at a time, which holds the run lock (``storage.lock``). Readers need no lock.
"""
