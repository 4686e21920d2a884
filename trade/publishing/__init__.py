"""Turns uploads into releases: files -> `staging` (read, checked, compared by `diff`) -> `releases` -> observations.

Nothing else writes observations or builds the bundles of releases. The admin, tasks and commands call it.
"""
