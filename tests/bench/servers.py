"""Servers that are measured: started on loopback, ended by their process id, their CPU time and memory read."""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

READY_WITHIN_S = 60
HERE = pathlib.Path(__file__).parent
# A process that is started so ends with this one, however this one ends.
ENDING_WITH_US = ["setpriv", "--pdeathsig", "KILL"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def end_within(process, seconds):
    """Kills the process when the timer that it returns is not cancelled in time."""
    timer = threading.Timer(seconds, process.kill)
    timer.daemon = True
    timer.start()
    return timer


class Server:
    """A process, ready when it takes connections on its port; what it prints goes nowhere."""

    def __init__(self, arguments, port):
        self.port = port
        self.start(arguments, subprocess.DEVNULL)
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.01)
        self.stop(signal.SIGKILL)
        raise RuntimeError(f"{arguments[0]} was not ready in time")

    def start(self, arguments, output):
        self.process = subprocess.Popen(
            ENDING_WITH_US + [str(argument) for argument in arguments], stdin=subprocess.DEVNULL,
            stdout=output, stderr=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop(signal.SIGTERM)

    def stop(self, number):
        self.process.send_signal(number)
        try:
            self.process.wait(timeout=READY_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def cpu_seconds(self):
        """Of all threads, by the process's CPU clock (see clock_getcpuclockid)."""
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def main_thread_seconds(self):
        """Of the thread that serves, which is the first one in every server here."""
        pid = self.process.pid
        return int(pathlib.Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[0]) / 1e9

    def memory_mb(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


class Directory:
    """A new directory on the build's own disk, which ends with the `with` block."""

    def __init__(self, build):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=build))

    def __enter__(self):
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


class InDirectory(Server):
    """A server with a data directory of its own, which ends with it."""

    def __init__(self, build, arguments, port):
        """arguments: of the directory's path."""
        self.directory = Directory(build)
        super().__init__(arguments(self.directory.path), port)

    def stop(self, number):
        super().stop(number)
        self.directory.__exit__()


class Ceiling(Server):
    def __init__(self, build):
        port = free_port()
        super().__init__([build / "bench_ceiling", port], port)


class Votemu(Server):
    """Ready when it says so; `ready_ms` is how long that took. In the directory given, or in one that ends with it."""

    mqtt = "ws"

    def __init__(self, build, *options, directory=None):
        self.temporary = None if directory else Directory(build)
        began = time.monotonic()
        self.start(
            [build / "votemu", "--port", 0, "--data-dir", directory or self.temporary.path, *options],
            subprocess.PIPE)
        try:
            self.port = self.announced_port()
        except BaseException:
            self.stop(signal.SIGKILL)
            raise
        self.ready_ms = 1e3 * (time.monotonic() - began)

    def announced_port(self):
        timer = end_within(self.process, READY_WITHIN_S)
        port = None
        for line in self.process.stdout:
            if line.startswith(b"Ready."):
                timer.cancel()
                return port
            if found := re.match(rb"Listening on http://localhost:(\d+)", line):
                port = int(found[1])
        raise RuntimeError(f"votemu ended with {self.process.wait()} before it was ready")

    def stop(self, number):
        super().stop(number)
        self.process.stdout.close()
        if self.temporary:
            self.temporary.__exit__()


class Mosquitto(InDirectory):
    """Debian's broker over TCP: its WebSockets cannot be bound to one address."""

    mqtt = "tcp"
    program = "/usr/sbin/mosquitto"

    def __init__(self, build):
        port = free_port()

        def arguments(directory):
            settings = directory / "mosquitto.conf"
            settings.write_text(
                f"listener {port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\nlog_dest none\n")
            return [self.program, "-c", settings]
        super().__init__(build, arguments, port)


def node():
    """npm's node, newer than Debian's; None where the packages are not installed."""
    return next((HERE / "node_modules").glob("node-linux-*/bin/node"), None)


class Dynalite(Server):
    def __init__(self, build):
        port = free_port()
        super().__init__(
            [node(), HERE / "node_modules/dynalite/cli.js", "--host", "127.0.0.1", "--port", port,
             "--createTableMs", 0], port)


class Fauxqs(InDirectory):
    """As its own command starts it, or without the log of its requests, which goes nowhere here."""

    def __init__(self, build, log=True, sqlite=False):
        port = free_port()
        super().__init__(
            build, lambda directory: [node(), HERE / "fauxqs.mjs", port, "log" if log else "no-log",
                                      *([directory] if sqlite else [])], port)
