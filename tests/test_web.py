"""The page's server, as a program on the same machine, or in the same network, meets it."""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor

import pytest
from conftest import SAMPLES
from web_server import COMMAND, IMPATIENT, serving_with

import archscan
from archscan.cli.serve_command import serve
from archscan.errors import OptionError
from archscan.guidance import conditions, symptoms
from archscan.reasons import REFUSALS, UNREADABLE
from archscan.report.page import page
from archscan.web import application, measuring, serving
from archscan.web.application import MOST_BYTES
from archscan.web.asked import Asked, asked
from archscan.web.front import front_page
from archscan.web.keys import Keys
from archscan.web.measuring import MOST_WAITING, Measurer
from archscan.web.results import MOST_KEPT, Results

LEFT = SAMPLES / "cardboard_neutral_left.jpg"


@pytest.fixture
def measurer():
    made = Measurer()
    yield made
    made.close()


def test_only_this_machine_is_listened_to(server):
    assert server.host.startswith("127.0.0.1:")


def test_the_front_page_names_everything_that_can_be_said(server):
    text = server.ask("GET", "/").text
    for name in (*symptoms(), *conditions()):
        assert f'value="{name}"' in text
    assert "__" not in text


def test_who_sends_a_photo_through_a_wifi_is_told_that_others_in_it_may_see_it(server, guarded):
    assert "others could see it" in guarded.ask("GET", "/").text
    assert "others could see it" not in server.ask("GET", "/").text


def test_advice_that_names_an_option_names_the_field_of_the_page_too():
    fields = front_page(MOST_BYTES)
    unsure = archscan.scan(SAMPLES / "tile_flat_left.jpg").prints[0].cautions
    said = [reason.advice for reason in REFUSALS.values()] + [one.message for one in unsure]
    named = [re.findall("under '(.+?)' on the page", words) for words in said if "--" in words]
    assert len(named) >= 2
    for field in named:
        assert len(field) == 1
        assert f"<label>{field[0]}" in fields


@pytest.mark.parametrize("path", ["/", "/front.js", "/front.css", "/result/none", "/none"])
def test_every_answer_carries_what_keeps_browsers_careful(server, path):
    headers = server.ask("GET", path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in headers


def test_a_photo_gets_the_page_that_the_command_writes(server):
    photo = LEFT.read_bytes()
    done = server.ask("POST", "/scan?age=34&symptom=heel-pain&side=auto&sheet=none", photo)
    assert done.status == 201
    shown = server.ask("GET", json.loads(done.text)["result"])
    scan = archscan.scan(photo, age=34, symptoms=["heel-pain"], sheet="none")
    assert shown.text == page(scan, back="/")
    assert shown.headers["Content-Security-Policy"].startswith("default-src 'none'; img-src data:")
    assert "frame-ancestors 'none'" in shown.headers["Content-Security-Policy"]


def test_a_result_leads_back_and_the_commands_page_does_not():
    scan = archscan.scan(LEFT)
    assert '<a href="/">' in page(scan, back="/")
    assert "<a " not in page(scan)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("coloured_paper_flat_right.heic", "Right foot: flat arch"),
        ("concrete_no_print.jpg", "Could not be measured"),
        ("truth.json", "not-an-image"),
    ],
)
def test_whatever_the_file_there_is_a_page_for_it(server, name, words):
    done = server.ask("POST", "/scan", (SAMPLES / name).read_bytes())
    assert done.status == 201
    assert words in server.ask("GET", json.loads(done.text)["result"]).text


def in_parts(size):
    """A body whose length is not announced."""
    for _ in range(size // 2**20):
        yield bytes(2**20)


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/scan", b"", 400, "no-photo"),
        ("/scan?colour=red", b"x", 400, "unknown-field"),
        ("/scan?age=old", b"x", 400, "bad-age"),
        ("/scan?age=-1", b"x", 400, "bad-age"),
        ("/scan?age=1984", b"x", 400, "bad-age"),
        ("/scan?side=top", b"x", 400, "bad-side"),
        ("/scan?symptom=headache", b"x", 400, "unknown-symptom"),
        ("/scan", "in parts", 413, "too-many-bytes"),
    ],
)
def test_what_cannot_be_done_is_said(server, path, body, status, code):
    sent = in_parts(MOST_BYTES + 2**20) if body == "in parts" else body
    answer = server.ask("POST", path, sent)
    assert answer.status == status
    said = json.loads(answer.text)
    assert said["code"] == code
    assert said["message"].endswith(".")
    assert said["advice"].endswith(".")


def test_too_much_is_refused_before_it_is_sent(server):
    with socket.create_connection(server.host.split(":"), timeout=30) as plain:
        plain.sendall(
            f"POST /scan HTTP/1.1\r\nHost: {server.host}\r\n"
            f"Content-Length: {MOST_BYTES + 1}\r\n\r\n".encode()
        )
        assert plain.recv(100).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "example.org"},
        {"Host": "127.0.0.1"},
        {"Origin": "http://example.org"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1"},
    ],
)
def test_other_sites_are_turned_away(server, headers):
    assert server.ask("POST", "/scan", b"x", **headers).status == 421


def test_who_goes_to_an_address_reads_words(server, guarded):
    assert "held in memory only" in server.ask("GET", "/result/none").text
    assert server.ask("GET", "/", Host="example.org").text.startswith("This request was meant")
    assert guarded.ask("GET", "/result/none").text.startswith("This device has not")


def test_browsers_leave_the_usual_port_out(monkeypatch):
    class Opened:
        def getsockname(self):
            return serving.THIS_MACHINE, 80

    named = []
    monkeypatch.setattr(serving, "application", lambda hosts, _: named.extend(hosts) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        serving.run(Opened(), None)
    assert sorted(named) == ["127.0.0.1", "127.0.0.1:80", "localhost", "localhost:80"]


def test_its_own_page_is_let_in_under_both_its_names(server):
    port = server.host.split(":")[1]
    for name in ("127.0.0.1", "localhost"):
        own = {"Host": f"{name}:{port}", "Origin": f"http://{name}:{port}"}
        assert server.ask("POST", "/scan", LEFT.read_bytes(), **own).status == 201


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


def test_a_link_lets_one_device_in(guarded):
    key = guarded.line()
    photo = LEFT.read_bytes()
    assert guarded.ask("GET", "/").status == 200
    assert guarded.ask("POST", "/scan", photo).status == 403
    assert guarded.ask("POST", "/enter", b"wrong").status == 403
    assert guarded.ask("POST", "/enter", "f\u00fc\u00df".encode()).status == 403
    let_in = guarded.ask("POST", "/enter", key)
    assert let_in.status == 204
    cookie = let_in.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert guarded.ask("POST", "/enter", key).status == 403
    known = {"Cookie": cookie.split(";")[0]}
    assert guarded.host.split(":")[1] in known["Cookie"].split("=")[0]
    assert guarded.ask("POST", "/enter", key, **known).status == 204
    done = guarded.ask("POST", "/scan", photo, **known)
    assert done.status == 201
    result = json.loads(done.text)["result"]
    assert guarded.ask("GET", result).status == 403
    assert guarded.ask("GET", result, **known).status == 200
    # The next device needs the next link, which is shown by now.
    following = guarded.line()
    assert following != key
    assert guarded.ask("POST", "/enter", following).status == 204


def test_keys_are_long_and_never_the_same():
    shown = []
    keys = Keys(shown.append)
    assert keys.enter("") is None
    assert keys.enter(shown[0]) not in {None, shown[0], shown[1]}
    assert keys.enter(shown[0]) is None
    assert not keys.knows("")
    assert all(len(key) >= 20 for key in shown)


def test_only_the_last_results_are_kept():
    results = Results()
    names = [results.keep(str(number)) for number in range(MOST_KEPT + 1)]
    assert results.get(names[0]) is None
    assert [results.get(name) for name in names[1:]] == [str(n) for n in range(1, MOST_KEPT + 1)]


def test_fields_left_empty_are_not_asked():
    assert asked([("age", ""), ("side", ""), ("symptom", "")]) == Asked()
    given = asked([("age", "7.5"), ("condition", "diabetes"), ("condition", "balance")])
    assert given == Asked(age=7.5, conditions=("diabetes", "balance"))


def test_of_a_field_that_comes_twice_the_last_counts():
    twice = [("side", "left"), ("age", "7"), ("age", "34"), ("side", "right"), ("age", "")]
    assert asked(twice) == Asked(side="right", age=34)


def test_a_photo_that_ends_its_process_harms_no_other(measurer):
    async def both():
        first = asyncio.create_task(measurer.page(LEFT.read_bytes(), Asked()))
        second = asyncio.create_task(measurer.page(LEFT.read_bytes(), Asked()))
        while measurer._process is None or not measurer._process._processes:
            await asyncio.sleep(0.01)
        for number in list(measurer._process._processes):
            os.kill(number, signal.SIGKILL)
        return await first, await second

    lost, measured = asyncio.run(both())
    assert "worker-lost" in lost
    assert "Left foot: neutral arch" in measured


@pytest.mark.skipif(sys.platform != "linux", reason="not every system limits memory")
def test_the_process_for_photos_has_no_more_memory_than_it_is_allowed(measurer):
    import resource

    measurer.warm()
    asked = measurer._process.submit(resource.getrlimit, resource.RLIMIT_AS)
    assert asked.result(timeout=60)[0] == measuring.MOST_MEMORY


@pytest.mark.skipif(sys.platform == "win32", reason="it stores no memory by itself")
def test_a_photo_that_ends_its_process_is_not_stored_with_its_memory(measurer):
    import resource

    before = resource.getrlimit(resource.RLIMIT_CORE)
    if before[1] == 0:
        pytest.skip("no process here stores its memory")
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    try:
        measurer.warm()
        asked = measurer._process.submit(resource.getrlimit, resource.RLIMIT_CORE)
        assert asked.result(timeout=60) == (0, 0)
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)


def test_the_end_does_not_wait_for_a_photo(measurer):
    measurer.warm()
    measurer._process.submit(time.sleep, 60)
    (worker,) = measurer._process._processes.values()
    measurer.close()
    worker.join(10)
    assert worker.exitcode is not None


def test_a_process_that_falls_between_photos_costs_none(measurer):
    async def after_a_fall():
        measurer.warm()
        (worker,) = measurer._process._processes.values()
        worker.kill()
        while not measurer._process._broken:
            await asyncio.sleep(0.01)
        return await measurer.page(LEFT.read_bytes(), Asked())

    assert "Left foot: neutral arch" in asyncio.run(after_a_fall())


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


TOO_LONG = """
import re
import archscan
from archscan.web import measuring
from archscan.web.asked import Asked
measuring.MOST_SECONDS = 0.5
archscan.scan = lambda *_, **__: re.match("(a+)+b", "a" * 60)
measuring.measured_page(b"x", Asked())
"""
"""Like a decoder in C, such a match lets no other thread of Python's run."""


def test_a_photo_that_takes_too_long_ends_its_process():
    done = subprocess.run([sys.executable, "-c", TOO_LONG], capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("reason", [measuring.GIVEN_UP, UNREADABLE["fault"]])
def test_what_is_urgent_is_said_first_though_nothing_could_be_measured(
    measurer, monkeypatch, reason
):
    wishes = Asked(age=40.0, symptoms=("groin-numbness",))
    if reason is measuring.GIVEN_UP:

        def broken(*_):
            raise BrokenExecutor

        monkeypatch.setattr(measurer, "_handed", broken)
        text = asyncio.run(measurer.page(b"", wishes))
    else:
        monkeypatch.setattr(archscan, "scan", lambda *_, **__: 1 / 0)
        text = measuring.measured_page(b"", wishes)
    assert reason.message in text
    assert text.index("Get medical help now") < text.index("Could not be read")


def test_a_fault_of_ours_is_a_page_too(monkeypatch):
    monkeypatch.setattr(archscan, "scan", lambda *_, **__: 1 / 0, raising=False)
    text = measuring.measured_page(b"x", Asked())
    assert "our fault" in text
    assert "ZeroDivision" not in text


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
