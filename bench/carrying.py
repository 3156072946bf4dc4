"""Carries a clerk's requests over the wire, with a session of requests or of locust."""

from typing import Any

from .logging_in import log_in, token_of
from .visits import Answer, Ask


class Wire:
    """A clerk who has logged in."""

    def __init__(self, session: Any, host: str, username: str, password: str, **options: Any) -> None:
        log_in(session, host, username, password, **options)
        self.session, self.host = session, host
        self.token = token_of(session.get(f"{host}/desk", **options).text)

    def carry(self, ask: Ask, **options: Any) -> Answer:
        """One request as the browser sends it; redirections are followed by nobody."""
        headers = {"HX-Request": "true"} if ask.is_part else {}
        if ask.data is not None:
            headers["X-CSRFToken"] = self.token
        answer = self.session.request(
            "GET" if ask.data is None else "POST",
            f"{self.host}{ask.path}",
            data=ask.data,
            headers=headers,
            allow_redirects=False,
            **options,
        )
        is_text = "text" in answer.headers.get("Content-Type", "")
        return Answer(answer.status_code, answer.text if is_text else "", answer.headers.get("HX-Replace-Url", ""))
