"""Words in draft: what an editor has written and readers do not see yet, beside what is published.

A draft holds the form of its entry as it was filled in. The tables of words hold what is published and nothing else, so
no public page asks for drafts. A draft becomes public by going through the same form of the admin as if somebody had
pressed Publish there: now, or at an hour (`hours`, in the worker).
"""
