"""作废: the hall and the chief representatives decide what was accepted by mistake."""
