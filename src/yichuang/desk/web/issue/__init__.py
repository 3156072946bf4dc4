"""The issue counter: results reach the people who applied (颁发、送达)."""
