"""Scrapy's settings for every shard; each unsafe or wasteful default of Scrapy 2.19 is overridden here, with its reason.

A test reads the effective settings of a running crawler and holds them against this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from spiders.addresses import host_and_port, is_loopback_address
from spiders.resolver import ALLOWED_SETTING

MEGABYTE = 1_048_576
TUNABLE: Mapping[str, type] = {"DOWNLOAD_TIMEOUT": float, "DOWNLOAD_MAXSIZE": int, "RETRY_TIMES": int}
"""What ``spiders.run -s NAME=VALUE`` may change."""

_SCRAPYS_MIDDLEWARES_OFF = (
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware",
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware",  # crawls on when robots.txt answers 503
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware",
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware",
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware",
    "scrapy.downloadermiddlewares.retry.RetryMiddleware",  # ignores Retry-After
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware",
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware",  # takes truncated gzip for whole
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware",
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware",
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware",  # a proxy would connect where our guard cannot look
    "scrapy.downloadermiddlewares.stats.DownloaderStats",
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware",
)
_SCRAPYS_SPIDER_MIDDLEWARES_OFF = (
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware",  # the base spider judges every status itself
    "scrapy.spidermiddlewares.referer.RefererMiddleware",
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware",
    "scrapy.spidermiddlewares.depth.DepthMiddleware",
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware",
)
_SCRAPYS_EXTENSIONS_OFF = (
    "scrapy.extensions.corestats.CoreStats",
    "scrapy.extensions.logcount.LogCount",
    "scrapy.extensions.telnet.TelnetConsole",
    "scrapy.extensions.memusage.MemoryUsage",
    "scrapy.extensions.memdebug.MemoryDebugger",
    "scrapy.extensions.closespider.CloseSpider",
    "scrapy.extensions.feedexport.FeedExporter",
    "scrapy.extensions.logstats.LogStats",
    "scrapy.extensions.spiderstate.SpiderState",
    "scrapy.extensions.throttle.AutoThrottle",
    "scrapy.extensions.remote_control.RemoteControl",
)

# requests pass from the top down, responses from the bottom up
DOWNLOADER_MIDDLEWARES: Mapping[str, int | None] = {
    **dict.fromkeys(_SCRAPYS_MIDDLEWARES_OFF),
    "spiders.middlewares.address_guard.AddressGuardMiddleware": 50,
    "spiders.middlewares.user_agent.UserAgentMiddleware": 60,
    "spiders.middlewares.robots.RobotsMiddleware": 100,
    "spiders.middlewares.conditional.ConditionalMiddleware": 300,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "spiders.middlewares.retry.RetryMiddleware": 550,
    "spiders.middlewares.strict_body.StrictBodyMiddleware": 590,
    "spiders.middlewares.redirect.RedirectMiddleware": 600,
    "spiders.middlewares.address_guard.RefusedNameMiddleware": 700,
    "spiders.middlewares.pacing.PaceMiddleware": 800,
    "spiders.middlewares.resting.RestMiddleware": 810,
    "spiders.middlewares.accounting.AccountingMiddleware": 850,
}

SETTINGS: Mapping[str, Any] = {
    "BOT_NAME": "rolecall",
    # doors that Scrapy leaves open: a Python console by telnet, and one by HTTP
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    # certificates are checked; a redirect cannot reach a file, an FTP server or a bucket
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "DOWNLOAD_HANDLERS": {
        **dict.fromkeys(("data", "file", "ftp", "s3")),
        **dict.fromkeys(("http", "https"), "spiders.handler.DownloadHandler"),
    },
    "TWISTED_DNS_RESOLVER": "spiders.resolver.PublicResolver",
    "DNSCACHE_ENABLED": False,
    "HTTPPROXY_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "COOKIES_ENABLED": False,
    "METAREFRESH_ENABLED": False,
    "REFERER_ENABLED": False,
    "REDIRECT_MAX_TIMES": 5,
    "URLLENGTH_LIMIT": 0,
    # a body of 1 GiB and a wait of three minutes are Scrapy's defaults
    "DOWNLOAD_MAXSIZE": 32 * MEGABYTE,
    "DOWNLOAD_WARNSIZE": 0,
    "DOWNLOAD_TIMEOUT": 30.0,
    "DOWNLOAD_FAIL_ON_DATALOSS": True,
    "RETRY_TIMES": 2,
    # obeyed by our own middleware, with the semantics of RFC 9309
    "ROBOTSTXT_OBEY": True,
    # one request at a time a host; the delay is the pace's
    "CONCURRENT_REQUESTS": 8,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 0,
    # pages are read in the order in which a site lists them, so that two nights read them alike
    "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
    # Scrapy starts this many workers for every response; one saves up to two fifths of the CPU
    "CONCURRENT_ITEMS": 1,
    "WARN_ON_GENERATOR_RETURN_VALUE": False,
    "DOWNLOADER_MIDDLEWARES": dict(DOWNLOADER_MIDDLEWARES),
    "SPIDER_MIDDLEWARES": dict.fromkeys(_SCRAPYS_SPIDER_MIDDLEWARES_OFF),
    "EXTENSIONS": dict.fromkeys(_SCRAPYS_EXTENSIONS_OFF),
    "ITEM_PIPELINES": {"spiders.writer.BoardWriter": 100},
    "STATS_DUMP": False,
    "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",  # our own books are kept by the accounting middleware
    "LOG_LEVEL": "WARNING",
    "LOG_COLOR": False,
    "LOG_VERSIONS": [],
}


def shard_settings(base_urls: Iterable[str | None], changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The settings of one shard.

    Args:
        base_urls: those of the order; the loopback servers among them are the only private addresses that are connected to.
        changes: values of ``TUNABLE`` settings.
    """
    allowed = {"{}:{}".format(*host_and_port(url)) for url in base_urls if url and is_loopback_address(url)}
    return {**SETTINGS, ALLOWED_SETTING: sorted(allowed), **(changes or {})}
