"""Statistics as people ask for them: the page, its files, and what is kept."""
