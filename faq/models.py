"""What is typed: questions and answers, resolutions and their measures."""
