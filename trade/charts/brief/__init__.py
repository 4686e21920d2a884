"""A brief: one page on paper about a province, goods or all trade, with the numbers of its page of charts."""
