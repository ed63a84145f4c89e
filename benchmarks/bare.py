"""A bare Django page under the same server as ours: ``python -m benchmarks.bare PORT THREADS``."""

import sys
from typing import Any

import django
import uvicorn
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

PAGE = "<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>"


def page(request: HttpRequest) -> HttpResponse:
    """Answer with a small template: no session, no database."""
    return render(request, "page.html", {"title": "Bare"})


urlpatterns = [path("", page)]


def main() -> None:
    """Serve until killed."""
    loaders = [("django.template.loaders.locmem.Loader", {"page.html": PAGE})]
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [("django.template.loaders.cached.Loader", loaders)],
                },
            }
        ],
    )
    django.setup()
    pages: Any = WSGIMiddleware(get_wsgi_application(), workers=int(sys.argv[2]))
    uvicorn.run(
        pages, host="127.0.0.1", port=int(sys.argv[1]), log_config=None, access_log=False,
        lifespan="off",
    )  # fmt: skip


if __name__ == "__main__":
    main()
