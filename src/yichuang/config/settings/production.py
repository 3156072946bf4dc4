"""Behind TLS, on PostgreSQL: secrets and addresses come from the environment, or the start fails by name."""

import os

from .base import *  # noqa: F403

for name in ("YICHUANG_SESSION_KEY", "YICHUANG_PERSONAL_DATA_KEY", "YICHUANG_HOSTS", "DATABASE_URL"):
    if not os.environ.get(name):
        raise SystemExit(f"production needs the environment variable {name}")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in os.environ["YICHUANG_HOSTS"].split(",")]
