"""An upload between being compared and being published: what is typed, who may publish it, when, and who is told."""
