"""Who may do what, and who did it: groups, login with a second factor, and the log. It knows the other apps by name."""
