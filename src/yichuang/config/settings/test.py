"""For the test suite: quick password hashing, no manifest; the database comes from ``DATABASE_URL``."""

from tempfile import TemporaryDirectory

from .base import *  # noqa: F403

SECRET_KEY = "only-for-tests"  # noqa: S105
PERSONAL_DATA_KEY = "00" * 32
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
AXES_ENABLED = True
_files = TemporaryDirectory(prefix="yichuang-files-")  # gone with the process
STORAGES["files"]["OPTIONS"]["location"] = _files.name
