"""How the page is opened, served to whom, and ended; nobody keeps others out of it."""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from conftest import SAMPLES
from web_server import COMMAND, IMPATIENT, serving_with

from archscan.cli.serve_command import serve
from archscan.errors import OptionError
from archscan.web import application, serving
from archscan.web.application import MOST_BYTES
from archscan.web.keys import Keys
from archscan.web.measuring import MOST_WAITING

LEFT = SAMPLES / "cardboard_neutral_left.jpg"


def test_only_this_machine_is_listened_to(server):
    assert server.host.startswith("127.0.0.1:")


def test_browsers_leave_the_usual_port_out(monkeypatch):
    class Opened:
        def getsockname(self):
            return serving.THIS_MACHINE, 80

    named = []
    monkeypatch.setattr(serving, "application", lambda hosts, _: named.extend(hosts) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        serving.run(Opened(), None)
    assert sorted(named) == ["127.0.0.1", "127.0.0.1:80", "localhost", "localhost:80"]


def test_nothing_is_written_anywhere_and_nothing_runs_on(tmp_path):
    places = {"HOME": tmp_path, "TMPDIR": tmp_path, "XDG_CACHE_HOME": tmp_path}
    with serving_with(
        COMMAND, cwd=tmp_path, env={**os.environ, **{name: str(at) for name, at in places.items()}}
    ) as running:
        assert running.ask("POST", "/scan", LEFT.read_bytes()).status == 201
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]
        ended = running.end()
    assert ended.status == 0
    assert ended.out == ""
    assert "Nothing was kept" in ended.err
    assert "Traceback" not in ended.err
    with pytest.raises(ConnectionRefusedError):
        running.ask("GET", "/")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_and_quietly_also_in_the_middle_of_photos(sign):
    with serving_with(COMMAND, start_new_session=True) as running:
        running.ask("GET", "/")
        kept_waiting = [running.begin(LEFT.read_bytes()) for _ in range(5)]
        kept_waiting.append(running.begin(b"", size=9))
        time.sleep(0.3)
        # A terminal sends Ctrl-C to all that run in it, here while the process for photos starts.
        os.killpg(running.process.pid, sign)
        said, told = running.process.communicate(timeout=30)
        for connection in kept_waiting:
            connection.close()
    assert running.process.returncode == 0
    assert said == ""
    assert told.splitlines()[1:] == ["", "Ended. Nothing was kept."]


def test_nonsense_does_not_fill_the_terminal():
    with serving_with(COMMAND) as running:
        host, port = running.host.split(":")
        for nonsense in ("Transfer-Encoding: chunked\r\n\r\nzz", "Content-Length: x\r\n"):
            with socket.create_connection((host, int(port)), timeout=30) as plain:
                asked = f"POST /scan HTTP/1.1\r\nHost: {running.host}\r\n{nonsense}\r\n"
                plain.sendall(asked.encode())
                assert plain.recv(100).startswith(b"HTTP/1.1 400")
        assert running.end().err.splitlines()[1:] == ["", "Ended. Nothing was kept."]


@pytest.mark.parametrize(
    ("options", "places", "at_a_terminal", "opened"),
    [
        ((), {"DISPLAY": ":0"}, True, True),
        ((), {"WAYLAND_DISPLAY": "wayland-0"}, True, True),
        ((), {}, True, False),
        (("--no-browser",), {"DISPLAY": ":0"}, True, False),
        ((), {"DISPLAY": ":0"}, False, False),
    ],
)
def test_the_page_is_opened_where_there_is_a_window_for_it(
    tmp_path, options, places, at_a_terminal, opened
):
    visited = tmp_path / "visited"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {visited}\n')
    browser.chmod(0o755)
    ours, theirs = os.openpty()
    windows = {name: os.environ[name] for name in os.environ if "DISPLAY" not in name}
    environment = {**windows, **places, "BROWSER": f"{browser} %s"}
    told = theirs if at_a_terminal else subprocess.PIPE
    with serving_with([*COMMAND, *options], env=environment, told=told) as running:
        assert running.ask("GET", "/").status == 200
        assert (visited.exists() and visited.read_text() == running.page) is opened
    os.close(ours)
    os.close(theirs)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("shown", [io.StringIO, Terminal])
def test_the_command_shows_a_phone_a_link_that_lets_it_in(monkeypatch, capsys, shown):
    served = []

    def run(opened, keys):
        served.append((opened.getsockname()[1], keys))
        opened.close()

    said = shown()
    monkeypatch.setattr(sys, "stdout", said)
    monkeypatch.setattr(serving, "home_address", lambda: serving.THIS_MACHINE)
    monkeypatch.setattr(serving, "run", run)
    serve(phone=True, port=0, browser=True)
    ((port, keys),) = served
    *code, link = said.getvalue().splitlines()
    address, key = link.split("#")
    assert address == f"http://127.0.0.1:{port}/"
    assert keys.enter(key) is not None
    # The code for a camera takes as many lines as it needs, and nobody else can read it.
    assert (len(code) > 10) is said.isatty()
    assert "unencrypted" in capsys.readouterr().err


def test_a_port_that_is_taken_is_said(server):
    port = server.host.split(":")[1]
    done = subprocess.run([*COMMAND[:-1], port], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert port in done.stderr
    assert "--port" in done.stderr


def test_a_queue_that_is_full_takes_no_more_before_it_is_sent(server):
    kept_waiting = [server.begin(b"", size=MOST_BYTES) for _ in range(1 + MOST_WAITING)]
    answer = server.ask("POST", "/scan", b"no photo")
    assert (answer.status, json.loads(answer.text)["code"]) == (503, "busy")
    for connection in kept_waiting:
        connection.close()
    for _ in range(1 + MOST_WAITING):
        assert server.ask("POST", "/scan", b"no photo").status == 201


def test_connections_on_which_nothing_is_asked_keep_nobody_out():
    with serving_with([sys.executable, "-c", IMPATIENT]) as running:
        host, port = running.host.split(":")
        arriving = running.begin(b"", size=len(b"no photo"))
        assert running.ask("GET", "/").status == 200
        silent = [
            socket.create_connection((host, int(port)), timeout=30)
            for _ in range(serving.MOST_AT_ONCE)
        ]
        silent[0].sendall(b"GET / HTTP/1.1\r\n")
        assert running.ask("GET", "/").status == 503
        assert [connection.recv(1) for connection in silent] == [b""] * len(silent)
        assert running.ask("GET", "/").status == 200
        arriving.sendall(b"no photo")
        assert arriving.recv(100).startswith(b"HTTP/1.1 201")
        for connection in (arriving, *silent):
            connection.close()


def test_who_was_answered_and_never_ends_what_comes_next_keeps_nobody_out():
    with serving_with([sys.executable, "-c", IMPATIENT]) as running:
        host, port = running.host.split(":")
        asked = f"GET / HTTP/1.1\r\nHost: {running.host}\r\n"
        for headers, begun in (("", b"GET"), ("Content-Length: 9\r\n", b"1234")):
            with socket.create_connection((host, int(port)), timeout=30) as connection:
                connection.sendall(f"{asked}{headers}\r\n".encode())
                assert connection.recv(15) == b"HTTP/1.1 200 OK"
                connection.sendall(begun)
                while connection.recv(2**16):
                    pass


@pytest.mark.parametrize(("path", "status"), [("/scan", 408), ("/enter", 403)])
def test_what_does_not_arrive_is_not_waited_for(monkeypatch, path, status):
    monkeypatch.setattr(application, "MOST_UPLOAD_SECONDS", 0.01)
    told = []

    async def nothing():
        await asyncio.sleep(60)

    async def tell(message):
        told.append(message)

    keys = Keys(lambda _: None)
    served = application.application(frozenset({"here"}), keys if path == "/enter" else None)
    asked = {"type": "http", "method": "POST", "path": path, "query_string": b""}
    asyncio.run(served({**asked, "headers": [(b"host", b"here")]}, nothing, tell))
    assert told[0]["status"] == status


class Probe:
    """A socket that would use an address of our choice."""

    address = "127.0.0.1"

    def __init__(self, *_):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def connect(self, _):
        if self.address is None:
            raise OSError

    def getsockname(self):
        return self.address, 0


@pytest.mark.parametrize(
    ("address", "code"),
    [(None, "no-network"), ("127.0.0.1", "no-network"), ("8.8.8.8", "public-network")],
)
def test_a_phone_is_served_at_home_only(monkeypatch, address, code):
    monkeypatch.setattr(Probe, "address", address)
    monkeypatch.setattr(serving.socket, "socket", Probe)
    with pytest.raises(OptionError) as refused:
        serving.home_address()
    assert refused.value.reason.code == code


def test_the_address_at_home_is_found(monkeypatch):
    monkeypatch.setattr(Probe, "address", "192.168.1.23")
    monkeypatch.setattr(serving.socket, "socket", Probe)
    assert serving.home_address() == "192.168.1.23"
