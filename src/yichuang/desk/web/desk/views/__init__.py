"""Views of the desk: the page, finding, receiving, taking back, drafts."""
