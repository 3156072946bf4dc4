"""Fixtures of the whole repository."""

pytest_plugins = ["tests.fixtures.database", "tests.fixtures.browser"]
