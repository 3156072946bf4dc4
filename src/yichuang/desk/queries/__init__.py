"""Every read of the workplaces."""
