"""The page's server as a process of its own, for tests to talk to."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from types import SimpleNamespace

COMMAND = [sys.executable, "-m", "archscan", "serve", "--port", "0"]

WITH_KEYS = """
from archscan.web.keys import Keys
from archscan.web.serving import THIS_MACHINE, listening, run
opened = listening(THIS_MACHINE, 0)
print("http://%s:%d/" % opened.getsockname(), flush=True)
run(opened, Keys(lambda key: print(key, flush=True)))
"""

IMPATIENT = """
from archscan.web import serving
serving.MOST_SILENT_SECONDS, serving.MOST_UPLOAD_SECONDS = 2.0, 4.0
opened = serving.listening(serving.THIS_MACHINE, 0)
print("http://%s:%d/" % opened.getsockname(), flush=True)
serving.run(opened, None)
"""


class Server:
    """A running server and what it has said."""

    def __init__(self, command, told=subprocess.PIPE, **how):
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=told, text=True, **how
        )
        self.page = self.line()
        self.host = re.fullmatch(r"http://([\d.]+:\d+)/", self.page)[1]

    def line(self):
        return self.process.stdout.readline().strip()

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection(self.host, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return SimpleNamespace(
                status=answer.status, headers=answer.headers, text=answer.read().decode()
            )
        finally:
            connection.close()

    def begin(self, body, size=None):
        """Send a photo, or the first part of one, and do not wait for an answer."""
        host, port = self.host.split(":")
        connection = socket.create_connection((host, int(port)), timeout=60)
        length = len(body) if size is None else size
        asked = f"POST /scan HTTP/1.1\r\nHost: {self.host}\r\nContent-Length: {length}\r\n\r\n"
        connection.sendall(asked.encode() + body)
        return connection

    def end(self):
        self.process.send_signal(signal.SIGINT)
        said, told = self.process.communicate(timeout=30)
        return SimpleNamespace(status=self.process.returncode, out=said, err=told)


@contextmanager
def serving_with(command, **how):
    server = Server(command, **how)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.communicate()
