"""Reads the files of an upload and checks what they say: bytes -> tables of observations -> faults and warnings.

`detect` recognises the source of a file, `sources` and `layouts` read it in a child process (`read_upload`), `checks`
resolve its names and look for what is impossible or unusual. trade.publishing calls this package and stores the result.
"""
