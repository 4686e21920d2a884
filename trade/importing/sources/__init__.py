"""The sources of files, one module each, which tells its own files and reads them (see trade.importing.detect)."""
