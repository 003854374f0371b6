import re
import stat
from dataclasses import FrozenInstanceError
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.environment import Environment, UnsafeSettingsError
from assessment.settings import SECRETS, Settings

POSTGRES = "postgresql://app:password@db/visits"
SECRET = "0123456789abcdef" * 2
ROOT = Path(__file__).parents[1]


def settings(root, **environ):
    return Settings.from_environment(environ, root)


def on_postgres(**environ):
    """Settings that touch no file."""
    return settings(Path("/nowhere"), **{"DATABASE_URL": POSTGRES, "SECRET_KEY": SECRET} | environ)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def secret_of(root):
    return settings(root).secret_key


def test_nothing_needs_to_be_set(tmp_path):
    chosen = settings(tmp_path)

    assert chosen.database_url == f"sqlite:///{tmp_path}/instance/visits.sqlite3"
    assert chosen.questionnaire == tmp_path / "questions.yaml"
    assert chosen.leave_to == "https://www.bbc.co.uk/weather"
    assert chosen.port == 8000


def test_an_empty_setting_counts_as_not_set(tmp_path):
    empty = dict.fromkeys(("DATABASE_URL", "SECRET_KEY", "QUESTIONNAIRE", "LEAVE_TO", "PORT"), "")

    assert settings(tmp_path, **empty) == settings(tmp_path)


def test_the_embedded_default_makes_its_secret_once(tmp_path):
    assert settings(tmp_path).secret_key == settings(tmp_path).secret_key
    assert len(settings(tmp_path).secret_key) >= 32
    assert [path.name for path in (tmp_path / "instance").iterdir()] == ["secret"]


def test_two_installations_have_two_secrets(tmp_path):
    assert secret_of(tmp_path / "one") != secret_of(tmp_path / "two")


def test_processes_that_start_together_agree_on_one_secret(tmp_path):
    with get_context("spawn").Pool(4) as pool:
        for number in range(25):
            assert len(set(pool.map(secret_of, [tmp_path / str(number)] * 8, chunksize=1))) == 1


def test_only_the_owner_can_look_into_the_folder_and_the_secret(tmp_path):
    (tmp_path / "instance").mkdir(mode=0o755)

    settings(tmp_path)

    assert mode(tmp_path / "instance") == 0o700
    assert mode(tmp_path / "instance" / "secret") == 0o600


def test_a_secret_file_that_was_emptied_is_refused(tmp_path):
    settings(tmp_path)
    (tmp_path / "instance" / "secret").write_text("\n")

    with pytest.raises(UnsafeSettingsError, match="SECRET_KEY is missing"):
        settings(tmp_path)


def test_a_secret_of_ones_own_serves_the_embedded_default_too(tmp_path):
    assert settings(tmp_path, SECRET_KEY=SECRET).secret_key == SECRET.encode()
    assert not (tmp_path / "instance" / "secret").exists()


def test_everything_can_be_set():
    chosen = on_postgres(QUESTIONNAIRE="/srv/other.yaml", LEAVE_TO="https://example.org/", PORT="80", PROXIES="1")

    assert chosen == Settings(
        database_url=POSTGRES,
        secret_key=SECRET.encode(),
        questionnaire=Path("/srv/other.yaml"),
        leave_to="https://example.org/",
        port=80,
        proxies=1,
        limits_kept_in="memory://",
    )


def test_a_relative_questionnaire_starts_from_the_root():
    assert on_postgres(QUESTIONNAIRE="other/q.yaml").questionnaire == Path("/nowhere/other/q.yaml")


@pytest.mark.parametrize("database_url", [POSTGRES, "sqlite:////srv/visits.sqlite3"])
def test_a_chosen_database_without_a_secret_is_refused_and_told_what_to_type(database_url):
    with pytest.raises(UnsafeSettingsError, match=r"SECRET_KEY is missing: set it to .*token_hex"):
        on_postgres(DATABASE_URL=database_url, SECRET_KEY="")


@given(st.text(min_size=1, max_size=31))
def test_a_secret_below_32_characters_is_refused(secret):
    with pytest.raises(UnsafeSettingsError, match="SECRET_KEY is too short: set it to 32"):
        on_postgres(SECRET_KEY=secret)


@pytest.mark.parametrize("database_url", ["mysql://host/db", "sqlite://", "postgres://host/db", "visits.db"])
def test_a_database_the_app_does_not_know_is_refused(database_url):
    with pytest.raises(UnsafeSettingsError, match=r"DATABASE_URL .*: set it to sqlite:///.* or postgresql://"):
        on_postgres(DATABASE_URL=database_url)


@pytest.mark.parametrize(
    "address", ["http://example.org", "javascript:alert(1)", "//example.org", "/", "https://", "https://a b"]
)
def test_leaving_leads_to_a_secure_site_only(address):
    with pytest.raises(UnsafeSettingsError, match=r"LEAVE_TO .*: set it to "):
        on_postgres(LEAVE_TO=address)


@given(st.text(min_size=1).filter(lambda text: not text.isdecimal()) | st.sampled_from(["0", "65536", "٣", "-1"]))
def test_what_is_no_port_is_refused(port):
    with pytest.raises(UnsafeSettingsError, match=r"PORT .*: set it to "):
        on_postgres(PORT=port)


@given(st.integers(1, 65535))
def test_any_port_can_be_set(port):
    assert on_postgres(PORT=str(port)).port == port


@pytest.mark.parametrize(
    "setting",
    ["SECRET_KEY", "DATABASE_URL", "LEAVE_TO", "PORT", "PROXIES", "RATE_LIMIT_STORAGE", "SECURITY_CONTACT"],
)
def test_a_refusal_is_one_sentence_that_does_not_repeat_what_was_set(setting):
    with pytest.raises(UnsafeSettingsError) as refusal:
        on_postgres(**{setting: "hunter2"})

    assert str(refusal.value).startswith(setting)
    assert str(refusal.value).endswith(".")
    assert "hunter2" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_printed_settings_tell_no_secret():
    shown = repr(on_postgres())

    assert SECRET not in shown
    assert "password" not in shown


def test_settings_do_not_change():
    with pytest.raises(FrozenInstanceError):
        on_postgres().port = 1


def test_the_keys_of_before_can_be_named_and_must_be_as_strong(tmp_path):
    older = f"{SECRET[::-1]} {SECRET.upper()}"
    assert len(settings(tmp_path, OLD_SECRET_KEYS=older).old_secret_keys) == 2
    with pytest.raises(UnsafeSettingsError, match="OLD_SECRET_KEYS is too short"):
        settings(tmp_path, OLD_SECRET_KEYS="short")


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL"])
def test_what_is_secret_may_stand_in_a_file(tmp_path, name):
    given = {"DATABASE_URL": POSTGRES, "SECRET_KEY": SECRET}
    file = tmp_path / "secret"
    file.write_text(given[name] + "\n")

    assert on_postgres(**{name: "", f"{name}_FILE": str(file)}) == on_postgres()


def test_a_secret_that_is_set_twice_is_refused(tmp_path):
    with pytest.raises(UnsafeSettingsError, match="SECRET_KEY and SECRET_KEY_FILE are both set"):
        on_postgres(SECRET_KEY_FILE=str(tmp_path))


def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(UnsafeSettingsError, match=r"SECRET_KEY_FILE names a file that cannot be read: .*\.$"):
        on_postgres(SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "nothing"))


def test_the_names_that_the_app_answers_to_can_be_set():
    assert on_postgres(HOSTS="takestock.example .clinic.example").hosts == ("takestock.example", ".clinic.example")


@pytest.mark.parametrize("hosts", ["*", "https://takestock.example", "takestock.example,other.example", "a..b"])
def test_what_is_no_name_of_a_host_is_refused(hosts):
    with pytest.raises(UnsafeSettingsError, match=r"HOSTS .*: set it to "):
        on_postgres(HOSTS=hosts)


@pytest.mark.parametrize("storage", ["memory://", "redis://cache:6379/0", "rediss://user:pass@cache/1"])
def test_limits_are_counted_in_memory_or_in_redis(storage):
    chosen = on_postgres(RATE_LIMIT_STORAGE=storage)

    assert chosen.limits_kept_in == storage
    assert "pass@" not in repr(chosen)


def explained(page):
    """The variables that a page has in the first column of its table."""
    cells = re.findall(r"^\| (`[A-Z].*?) \|", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]


def test_every_variable_that_is_read_is_explained_and_every_one_explained_is_read(tmp_path, monkeypatch):
    read, text = [], Environment.text

    def noted(environment, name, *default):
        read.append(name)
        return text(environment, name, *default)

    monkeypatch.setattr(Environment, "text", noted)
    settings(tmp_path)

    known = {*read, *(f"{name}_FILE" for name in SECRETS), "WEB_CONCURRENCY"}  # the last is read for gunicorn
    assert sorted(explained("docs/settings.md")) == sorted(known)
    assert set(explained("README.md")) < known
