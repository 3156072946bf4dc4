"""The middle office: what was accepted goes to the right back office (流转)."""
