"""placeholder for dev"""

from dataclasses import dataclass


@dataclass
class CompaniesPage: ...


@dataclass
class CompanyPage: ...
