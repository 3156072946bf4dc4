"""What linters cannot see. Each check is a function from sources to complaints, tried on a planted fault as well."""
