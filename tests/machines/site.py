"""The recommended deployment on this machine: replicas of the app, and nginx with our own configuration in front."""

import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
NAME = "questions.example"  # as in nginx.conf
NGINX = "/usr/sbin/nginx"
ORDINARY = "nobody" if os.geteuid() == 0 else None  # nothing of this needs to be root
PATIENCE = 120  # seconds until a replica answers; it takes five where nothing else runs


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def own(folder):
    """Make a folder that the processes of the deployment may write to."""
    folder.mkdir()
    if ORDINARY:
        shutil.chown(folder, ORDINARY)
    return folder


@dataclass
class Replica:
    """One gunicorn with its workers and printers, as on a machine of its own."""

    port: int
    process: subprocess.Popen
    log: Path

    def wait_until_ready(self):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz") as response:
                return response.status
            time.sleep(0.1)
        raise AssertionError(f"a replica does not get ready: {self.log.read_text()}")

    def said(self):
        """Return what it said after the first line, which is where it serves."""
        return self.log.read_text().partition("\n")[2]

    def die(self):
        """End all at once, as when a machine loses its power."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Ask gunicorn to end when what is under way has ended."""
        self.process.send_signal(signal.SIGTERM)


@dataclass
class Proxy:
    """A running nginx, and what a browser needs to trust it."""

    folder: Path
    plain: int
    secure: int
    trust: ssl.SSLContext

    def said(self):
        return (self.folder / "said").read_text()


@contextmanager
def replica(folder, *confined, **environment):
    """Start gunicorn as `assessment serve` does, by a command that confines it."""
    port = free_port()
    log = folder / f"replica-{port}.log"
    command = [*confined, sys.executable, "-m", "assessment", "serve", "--migrated"]
    given = {**os.environ, "PORT": str(port), "TMPDIR": str(own(folder / f"replica-{port}")), **environment}
    with log.open("wb") as said:  # a session of its own, so that it can die as a whole
        process = subprocess.Popen(command, cwd=ROOT, env=given, stdout=said, stderr=said, start_new_session=True)
    started = Replica(port, process, log)
    try:
        yield started
    finally:
        started.die()


@contextmanager
def replicas(count, folder, **environment):
    """Start so many replicas with the same settings, and wait until they are ready."""
    with ExitStack() as stack:
        started = [stack.enter_context(replica(folder, **environment)) for _ in range(count)]
        for each in started:
            each.wait_until_ready()
        yield started


@contextmanager
def proxy(folder, ports):
    """Start nginx in front of the ports."""
    plain, secure = free_port(), free_port()
    _furnish(own(folder), ports, {"listen 80": f"listen 127.0.0.1:{plain}", "listen 443": f"listen 127.0.0.1:{secure}"})
    command = [NGINX, "-c", folder / "nginx.conf", "-g", "daemon off;"]
    as_ordinary = {"user": ORDINARY, "extra_groups": []} if ORDINARY else {}
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, **as_ordinary)
    trust = ssl.create_default_context(cafile=folder / "tls" / "certificate.pem")
    started = Proxy(folder, plain, secure, trust)
    try:
        _wait_for(started, process)
        yield started
    finally:
        process.terminate()
        process.wait(30)


def _furnish(folder, ports, listens):
    """Put everything that nginx.conf names into a folder, and nginx.conf with the places that it then has."""
    for name in ("tls", "pages"):
        (folder / name).mkdir()
    shutil.copy(DEPLOY / "away.html", folder / "pages")
    lines = (DEPLOY / "replicas.conf").read_text().splitlines()
    server = next(line for line in lines if line.startswith("server "))
    here = [server.replace("app1:8000", f"127.0.0.1:{port}") for port in ports]
    (folder / "replicas.conf").write_text("\n".join(here))
    _certify(folder / "tls")
    configuration = (DEPLOY / "nginx.conf").read_text()
    for there, here in {**listens, "/tmp/": f"{folder}/", "/etc/nginx/": f"{folder}/"}.items():
        assert there in configuration
        configuration = configuration.replace(there, here)
    (folder / "nginx.conf").write_text(configuration)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _certify(folder):
    """Make a key and a certificate that are thrown away."""
    kind = ("-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1")
    made = ("-keyout", folder / "key.pem", "-out", folder / "certificate.pem")
    about = ("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}")
    subprocess.run(["openssl", "req", *kind, *made, *about], check=True, capture_output=True)


def _wait_for(started, process):
    for _ in range(300):
        assert process.poll() is None, started.said()
        with suppress(OSError):
            return socket.create_connection(("127.0.0.1", started.secure)).close()
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")
