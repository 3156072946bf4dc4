"""What a person does in Chromium, from log-in to the end of the job."""
