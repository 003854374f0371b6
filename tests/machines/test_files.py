"""The files in deploy/ agree with each other and with the app. Docker and Kubernetes are not here to try them."""

import re
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from assessment import serving
from assessment.cli import main

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
MADE, RUN = re.split(r"^FROM .+$", DOCKERFILE, flags=re.MULTILINE)[1:]
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
APPS = {name: each for name, each in SERVICES.items() if each.get("image") == "take-stock"}
KUBERNETES = [
    each for name in ("app", "migrate") for each in yaml.safe_load_all((DEPLOY / f"kubernetes/{name}.yaml").read_text())
]
BY_KIND = {each["kind"]: each for each in KUBERNETES}
PODS = {kind: BY_KIND[kind]["spec"]["template"]["spec"] for kind in ("Deployment", "Job")}
SERVED = ["assessment", "serve", "--host", "0.0.0.0", "--migrated"]


def packages(stage):
    """Return the Debian packages that a stage of the image installs."""
    (installed,) = re.findall(r"--no-install-recommends ([^&]+)&&", stage.replace("\\\n", " "))
    return set(installed.split())


def last(instruction, stage):
    return re.findall(rf"^{instruction} (.+)$", stage, re.MULTILINE)[-1]


def settings_named():
    table = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    return set(re.findall(r"`([A-Z_]+)`", table))


def test_the_image_has_the_packages_of_the_makefile_and_no_more():
    (app,) = re.findall(r"^app_packages := (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert packages(RUN) == set(app.split()) - {"python3-venv"} | {"python3"}
    assert packages(MADE) == {"ca-certificates", "python3-venv"}


def test_python_packages_are_held_to_their_hashes_and_what_installs_them_is_left_out():
    assert MADE.count("--require-hashes") == 2
    assert MADE.rstrip().endswith("pip uninstall --python .venv pip setuptools uv")


def test_the_app_is_compiled_before_it_first_starts_in_the_image_and_at_home():
    assert "python -m compileall -q assessment" in MADE
    assert "python -m compileall -q assessment" in (ROOT / "Makefile").read_text()


def test_the_image_runs_as_nobody_in_particular_in_exec_form():
    assert last("USER", RUN) == "10001:10001"
    assert yaml.safe_load(last("CMD", RUN)) == SERVED
    assert "/healthz" in re.search(r"^HEALTHCHECK .+ CMD (\[.+\])$", RUN, re.MULTILINE).group(1)


def test_what_the_image_starts_is_a_command_that_exists():
    command = main.get_command(None, SERVED[1])

    assert command.make_context("serve", SERVED[2:]).params["migrated"] is True


def test_what_is_copied_is_there_and_is_sent_to_the_builder():
    copied = {word for line in re.findall(r"^COPY (.+) \S+$", MADE, re.MULTILINE) for word in line.split()}
    sent = set(re.findall(r"^!(.+)$", (DEPLOY / "Dockerfile.dockerignore").read_text(), re.MULTILINE))

    assert all((ROOT / each).exists() for each in copied)
    assert {each.split("/")[0] for each in copied} == sent


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_has_few_rights(name):
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert name in APPS or service["user"].split(":")[0] != "0"
    assert ("ports" in service) == (name == "proxy")


def test_three_replicas_start_after_the_database_was_migrated():
    started = {name: each for name, each in APPS.items() if name != "migrate"}

    assert set(started) == set(
        re.findall(r"^server (\w+):8000 max_fails=3;$", (DEPLOY / "replicas.conf").read_text(), re.MULTILINE)
    )
    assert APPS["migrate"]["command"] == ["assessment", "migrate"]
    for each in started.values():
        assert each["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
        assert each["tmpfs"]


def test_the_proxy_finds_the_replicas_also_while_they_are_away():
    addresses = {name: each["networks"]["inside"] for name, each in APPS.items() if name != "migrate"}

    assert SERVICES["proxy"]["extra_hosts"] == [f"{name}:{each['ipv4_address']}" for name, each in addresses.items()]


def test_the_proxy_closes_an_idle_connection_before_the_app_does():
    proxy = (DEPLOY / "nginx.conf").read_text()
    (kept,) = re.findall(r"keepalive 16;\s+keepalive_timeout (\d+)s;", proxy)

    assert int(kept) < serving.keepalive


def test_every_setting_is_one_that_the_app_reads_and_no_secret_stands_in_a_file_of_the_project():
    given = {name for each in APPS.values() for name in each["environment"]}
    given |= {each["name"] for pod in PODS.values() for each in pod["containers"][0]["env"]}

    assert given <= settings_named()
    assert not given & {"SECRET_KEY", "DATABASE_URL", "OLD_SECRET_KEYS"}
    assert "/deploy/secrets/" in (ROOT / ".gitignore").read_text()
    assert all(each["file"].startswith("./secrets/") for each in COMPOSE["secrets"].values())


def test_names_of_the_site_agree():
    (name,) = set(re.findall(r"server_name (\S+);", (DEPLOY / "nginx.conf").read_text()))

    assert {each["environment"]["HOSTS"] for each in APPS.values()} == {name}
    assert {"name": "HOSTS", "value": name} in PODS["Deployment"]["containers"][0]["env"]


@pytest.mark.parametrize("described", KUBERNETES, ids=[each["kind"] for each in KUBERNETES])
def test_kubernetes_would_take_it(described):
    kubernetes_validate.validate(described, kubernetes_validate.latest_version(), strict=True)


@pytest.mark.parametrize("kind", PODS)
def test_a_pod_has_few_rights(kind):
    pod, (container,) = PODS[kind], PODS[kind]["containers"]

    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] == 10001
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert {"name": "temporary", "mountPath": "/tmp"} in container["volumeMounts"]


def test_a_probe_asks_by_a_name_that_the_app_answers_to():
    (container,) = PODS["Deployment"]["containers"]
    probes = {kind: container[f"{kind}Probe"]["httpGet"] for kind in ("startup", "liveness", "readiness")}

    assert {kind: each["path"] for kind, each in probes.items()} == {
        "startup": "/healthz",
        "liveness": "/healthz",
        "readiness": "/readyz",
    }
    for each in probes.values():
        assert each["httpHeaders"] == [{"name": "Host", "value": "localhost"}]


def test_an_ending_pod_has_time_to_end_what_is_under_way():
    pod, (container,) = PODS["Deployment"], PODS["Deployment"]["containers"]
    (longest,) = re.findall(r"^graceful_timeout = (\d+)", (ROOT / "assessment/serving.py").read_text(), re.MULTILINE)
    waits = int(container["lifecycle"]["preStop"]["exec"]["command"][1])

    assert pod["terminationGracePeriodSeconds"] >= waits + int(longest)


def test_selectors_find_the_pods_that_serve_and_not_those_that_migrate():
    serving, migrating = (BY_KIND[kind]["spec"]["template"]["metadata"]["labels"] for kind in ("Deployment", "Job"))
    for selector in (
        BY_KIND["Service"]["spec"]["selector"],
        BY_KIND["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"],
        BY_KIND["Deployment"]["spec"]["selector"]["matchLabels"],
    ):
        assert selector.items() <= serving.items()
        assert not selector.items() <= migrating.items()
    assert BY_KIND["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"].items() <= migrating.items() & serving.items()
