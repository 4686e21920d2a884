"""Turns uploads into releases: `uploads` keeps files, `staging` compares them, `releases` publishes what changes.

Nothing else writes observations or has bundles built. The admin, the tasks and the commands call it.
"""
