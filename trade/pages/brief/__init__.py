"""The briefs that readers print: one page about a province, goods or all trade."""
