"""The practice server: invented employers on six platforms, served over loopback as the platforms serve theirs.

``server.serve`` answers with invented postings, ``payloads.serve_payloads`` with a folder of recorded ones. Nothing here loads Scrapy.
"""
