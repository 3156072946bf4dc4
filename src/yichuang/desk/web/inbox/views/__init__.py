"""The inbox and the work page of one case."""
