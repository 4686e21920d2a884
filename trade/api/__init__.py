"""The numbers for programs, under /api/v1/: read only, no key, no cookie; templates/trade/api.html is its manual."""
