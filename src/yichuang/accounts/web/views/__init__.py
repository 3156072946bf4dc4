"""Pages of the app: lists of people, one person, oneself, and how the centre is organised."""
