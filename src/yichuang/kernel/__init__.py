"""Pure building blocks: no Django, no database, no clock of its own."""
