"""The closed vocabularies: every word that a label, a state or a result may take, spelled once.

The members are strings, so that they read the same in SQL, Parquet, JSON and on the command line.
"""

from __future__ import annotations

from enum import StrEnum


class RemoteClass(StrEnum):
    """How remote a job is: the question that this project exists for."""

    REMOTE_FIRST = "remote-first"
    REMOTE_FRIENDLY = "remote-friendly"
    ON_SITE = "on-site"


class Sponsorship(StrEnum):
    """Whether the employer sponsors a visa."""

    YES = "yes"
    NO = "no"
    UNSTATED = "unstated"


class Arrangement(StrEnum):
    """Where the work is done. ``unstated`` is the default for silence, shown as "on-site (not stated)"."""

    REMOTE = "remote"
    HYBRID = "hybrid"
    ONSITE = "onsite"
    UNSTATED = "unstated"


class PayPeriod(StrEnum):
    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"
    PROJECT = "project"


class PayKind(StrEnum):
    """What a band covers: base pay, on-target earnings (base and commission), or base with bonus."""

    BASE = "base"
    OTE = "ote"
    TOTAL = "total"


class PayPolicy(StrEnum):
    """How pay follows the place where the worker lives."""

    GLOBAL = "global"
    NATIONAL = "national"
    ZONED = "zoned"
    LOCATION_DEPENDENT = "location-dependent"


class TechCategory(StrEnum):
    LANGUAGE = "language"
    FRAMEWORK = "framework"
    LIBRARY = "library"
    DATABASE = "database"
    DATA_PLATFORM = "data-platform"
    ML = "ml"
    CLOUD_SERVICE = "cloud-service"
    INFRASTRUCTURE = "infrastructure"
    BI = "bi"
    TOOL = "tool"


class Need(StrEnum):
    """How much the posting asks for a technology."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    MENTIONED = "mentioned"


class Level(StrEnum):
    INTERN = "intern"
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"
    LEAD = "lead"
    MANAGER = "manager"
    DIRECTOR = "director"
    UNSTATED = "unstated"


class RoleFamily(StrEnum):
    DATA_SCIENCE = "data-science"
    ML_ENGINEERING = "ml-engineering"
    DATA_ENGINEERING = "data-engineering"
    DATA_ANALYSIS = "data-analysis"
    SOFTWARE = "software"
    INFRASTRUCTURE = "infrastructure"
    SECURITY = "security"
    PRODUCT = "product"
    DESIGN = "design"
    BUSINESS = "business"
    OTHER = "other"


class EmploymentType(StrEnum):
    FULL_TIME = "full-time"
    PART_TIME = "part-time"
    CONTRACT = "contract"
    TEMPORARY = "temporary"
    INTERNSHIP = "internship"


class ListingKind(StrEnum):
    """What the absence of a posting from a source's answer says."""

    FULL = "full"
    """The source lists everything that is open: what is absent is gone."""
    WINDOW = "window"
    """The source lists the newest N: absence says nothing."""


class PostingState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class BoardStatus(StrEnum):
    """How a board's crawl ended tonight."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    FAILED = "failed"
    SKIPPED = "skipped"


class EventKind(StrEnum):
    OPENED = "opened"
    CHANGED = "changed"
    CLOSED = "closed"
    REOPENED = "reopened"
    RELABELLED = "relabelled"


class FailureKind(StrEnum):
    """Why a board failed or was put off. Each has its sentence in ``spiders.failures``."""

    HTTP_STATUS = "http_status"
    NOT_FOUND = "not_found"
    RATE_LIMITED = "rate_limited"
    ROBOTS = "robots"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    BROKEN_BODY = "broken_body"
    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    CHALLENGE = "challenge"
    WRONG_SHAPE = "wrong_shape"
    NO_POSTING = "no_posting"
    ADDRESS_REFUSED = "address_refused"
    PAGING_LOOP = "paging_loop"
    LEAST_INTERVAL = "least_interval"
    INTERRUPTED = "interrupted"
    CRASHED = "crashed"


class ClosedReason(StrEnum):
    """Why a posting is closed or unknown."""

    ABSENT = "absent"
    """Missing from complete results of two different nights (full listings)."""
    EXPIRED = "expired"
    """Absent from a window, and its expiry date has passed."""
    AGED_OUT = "aged_out"
    """Absent from a window for ``closes_after_days``."""
    BOARD_EMPTIED = "board_emptied"
    BOARD_SHRANK = "board_shrank"
    BOARD_GONE = "board_gone"
    STALE = "stale"
    """The board has failed for 14 nights: the posting is unknown, not closed."""


class JobReason(StrEnum):
    """Why a posting belongs to its job."""

    FIRST = "first"
    """It opened the job."""
    SAME_ADDRESS = "same_address"
    """It leads to the address of another posting of the job."""
    SAME_REQUISITION = "same_requisition"
    """The employer gives it the number of another posting of the job."""
    SAME_WORDS = "same_words"
    """The same employer, title, place and text."""
    SIMILAR_TEXT = "similar_text"
    """The same employer and title, a place that can be one, and nearly the same text, or a part of it."""
    SAME_TITLE_AND_PLACE = "same_title_and_place"
    """The same employer, title and place on another source, and no text that speaks against it."""
    AGENCY_COPY = "agency_copy"
    """Another's text under a recruiter's name, or under none."""


class NoticeKind(StrEnum):
    """Why someone is told of a night."""

    FAILED = "failed"
    """Nothing could be read, or the night broke."""
    PARTIAL = "partial"
    """Some source failed, or the night was interrupted."""
    SUSPECT = "suspect"
    """An answer was empty, much smaller or gone, where there were postings."""
    MATCHES = "matches"
    """Jobs match a saved search that did not match before."""
    NIGHT = "night"
    """Every night, whatever came of it."""
    TEST = "test"
    """Nothing happened: someone tries whether notices arrive."""


class NoticeTarget(StrEnum):
    """How someone is told."""

    WEBHOOK = "webhook"
    EMAIL = "email"
    APPRISE = "apprise"


class MailSecurity(StrEnum):
    """How a mail server is spoken to: TLS begun by STARTTLS, TLS from the first byte, or in the clear."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class ExportFormat(StrEnum):
    """Form of a file or feed; ``storage.exports.formats`` says what each is."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    XLSX = "xlsx"
    MARKDOWN = "markdown"
    ATOM = "atom"
    JSONFEED = "jsonfeed"
    ICS = "ics"
