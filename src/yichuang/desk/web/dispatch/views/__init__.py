"""The lists of the middle office, and what is done from them."""
