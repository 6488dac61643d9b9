"""Scrapy downloader middlewares, one idea a file; ``spiders.settings`` puts them in order."""
