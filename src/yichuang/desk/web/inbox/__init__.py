"""The back office: a department's cases, from signing for them to the result (审批)."""
