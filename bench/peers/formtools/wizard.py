"""So many radio questions, one on a page, as a session wizard of django-formtools. Gunicorn serves `application`."""

import os
import secrets

import django
from django import forms
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

QUESTIONS = int(os.environ["QUESTIONS"])
EVERY = [("never", "Never"), ("some", "Sometimes"), ("often", "Often"), ("always", "Always")]
TEMPLATE = """<!doctype html><html lang="en"><title>A question</title><h1>A question</h1>
<form method="post">{% csrf_token %}{{ wizard.management_form }}{{ wizard.form.as_div }}<button>Continue</button></form>
</html>"""
SQLITE = {  # as ours is set, and kept open from one request to the next
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": "wizard.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
    },
}

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": SQLITE},
    INSTALLED_APPS=["django.contrib.sessions", "formtools"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ],
    ROOT_URLCONF=__name__,
    SECRET_KEY=secrets.token_hex(32),
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.cached.Loader",
                        [("django.template.loaders.locmem.Loader", {"question.html": TEMPLATE})],
                    )
                ],
                "context_processors": ["django.template.context_processors.request"],
            },
        }
    ],
)
django.setup()

from formtools.wizard.views import SessionWizardView  # noqa: E402 - only after it is set up


class Wizard(SessionWizardView):
    """Asks one question after another, and says at the end that it has all the answers."""

    template_name = "question.html"
    form_list = [  # noqa: RUF012 - as formtools wants it
        type(
            f"Question{number}",
            (forms.Form,),
            {
                "answer": forms.ChoiceField(
                    label=f"How often does it happen, in the sense of {number}?",
                    choices=EVERY,
                    widget=forms.RadioSelect,
                )
            },
        )
        for number in range(QUESTIONS)
    ]

    def done(self, form_list, **_kwargs):
        return HttpResponse(f"<!doctype html><title>Done</title>{len(form_list)} answers")


urlpatterns = [path("", Wizard.as_view())]
call_command("migrate", verbosity=0)
application = get_wsgi_application()
