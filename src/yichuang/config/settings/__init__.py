"""One module per way of running; ``base`` is what ``make demo`` runs."""
