"""The pages and files of one figure of a view: which one is asked for, at what size, and who signs its picture."""
