"""The issue counter: lists, and one result on its way to the applicant."""
