"""What concerns more than one package: the architecture, whole pages in a browser, shared fixtures."""
