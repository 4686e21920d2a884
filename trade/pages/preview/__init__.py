"""The public pages as they would be if an upload were published."""
