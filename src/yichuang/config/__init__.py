"""Settings, URLs, WSGI and the command line: the top floor."""
