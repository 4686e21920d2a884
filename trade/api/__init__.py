"""The numbers for programs, under /api/v1/: read only, no key, no cookie; templates/trade/api.html is its manual.

A request's parameters (`parameters`) choose a release (`release_choice`) and rows of it (`queries`), which are written
as JSON (`serializers`, after `schemas`) or CSV (`csv_rows`).
"""
