"""一窗: an integrated platform for a provincial government-service centre."""
