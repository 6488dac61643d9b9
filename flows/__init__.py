"""The nightly run: ``flows.nightly`` is where to begin reading.

``flows.engine.prepare`` comes before any import of a module that imports Prefect.
"""
