"""Django's settings, all derived from one ``NodeConfig``. Nothing here has an unsafe default."""

from pathlib import Path
from typing import Any

from borderliaison.node.config import BadConfiguration, NodeConfig
from borderliaison.node.databases import postgres_settings

PACKAGE = Path(__file__).resolve().parent.parent
NODE = NodeConfig.from_environment()
BLO_OFFICE = NODE.office


def _secret_key() -> str:
    path = NODE.directory / "keys" / "web.secret"
    try:
        secret = path.read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        raise BadConfiguration(f"{path} is missing; `blo node init` makes it") from error
    if len(secret) < 50:
        raise BadConfiguration(f"{path} is too short to be a secret")
    return secret


def _database() -> dict[str, Any]:
    if NODE.database_url == "sqlite":
        return {
            "ENGINE": "borderliaison.node.sqlite",
            "NAME": str(NODE.sqlite_path),
            "CONN_MAX_AGE": 60,
            "TEST": {"NAME": str(NODE.directory / "test.sqlite3")},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                ),
            },
        }
    return postgres_settings(NODE.database_url)


DEBUG = False
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = NODE.host_names
ROOT_URLCONF = "borderliaison.web.urls"
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Account"

INSTALLED_APPS = [
    "borderliaison.ui",
    "borderliaison.printing",
    "borderliaison.audit",
    "borderliaison.feed",
    "borderliaison.markings",
    "borderliaison.offices",
    "borderliaison.files",
    "borderliaison.accounts",
    "borderliaison.exchange",
    "borderliaison.wording",
    "borderliaison.correspondence",
    "borderliaison.records",
    "borderliaison.reports",
    "borderliaison.charts",
    "borderliaison.api",
    "borderliaison.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "borderliaison.accounts.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "borderliaison.api.gate.ApiGate",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "borderliaison.accounts.middleware.Locality",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "borderliaison.accounts.middleware.Gate",
    "borderliaison.web.closed.ClosedMiddleware",
    "borderliaison.web.shell.ShellMiddleware",
    "borderliaison.web.characters.NoNul",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "borderliaison.ui.context.shell",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = [str(PACKAGE / "locale")]

# What officers add is never on a disk in the clear, not even on its way in.
FILE_UPLOAD_HANDLERS = ["borderliaison.files.uploading.InMemory"]

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None

# Browsers share cookies between the ports of a host, so each node names its own.
_COOKIE = f"blo-{NODE.office.lower()}"
SESSION_COOKIE_NAME = f"{_COOKIE}-session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = NODE.is_encrypted
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = f"{_COOKIE}-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = NODE.is_encrypted
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "borderliaison.web.too_old.too_old"
LANGUAGE_COOKIE_NAME = f"{_COOKIE}-language"
LANGUAGE_COOKIE_SAMESITE = "Strict"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if NODE.is_encrypted else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

BLO_IDLE_SIGN_OUT_S = NODE.idle_sign_out_min * 60
BLO_SIGN_IN_LASTS_S = 12 * 3600
SESSION_COOKIE_AGE = BLO_SIGN_IN_LASTS_S

# Counts of attempts and used-up codes outlive a restart and are shared by workers.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        # Whoever tries many names must not push out the counts of another's account.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTHENTICATION_BACKENDS = ["borderliaison.accounts.backends.LoginNameBackend"]
PASSWORD_HASHERS = ["borderliaison.accounts.passwords.OfficeArgon2"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "full_name", "officer_id")},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in"

ACCOUNT_ADAPTER = "borderliaison.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = 5 * 60
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/5m/key", "login": "60/m/ip"}
ACCOUNT_FORMS = {
    "login": "borderliaison.accounts.forms.SignInForm",
    "reauthenticate": "borderliaison.accounts.forms.ShowPasswordForm",
    "change_password": "borderliaison.accounts.forms.NewPasswordForm",
}
MFA_ADAPTER = "borderliaison.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "borderliaison.accounts.forms.CodeForm",
    "reauthenticate": "borderliaison.accounts.forms.ShowCodeForm",
    "activate_totp": "borderliaison.accounts.forms.AppForm",
    "authenticate_webauthn": "borderliaison.accounts.forms.KeyForm",
    "reauthenticate_webauthn": "borderliaison.accounts.forms.ShowKeyForm",
    "add_webauthn": "borderliaison.accounts.forms.AddKeyForm",
    "edit_webauthn": "borderliaison.accounts.forms.RenameKeyForm",
}

LOGGING_CONFIG = None  # node.logs has the say: what Django logs may hold names and queries

SILENCED_SYSTEM_CHECKS: list[str] = []
