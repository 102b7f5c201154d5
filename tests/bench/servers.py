"""Servers that are measured: started on loopback, ended by their process id, their CPU time and memory read."""

import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

READY_WITHIN_S = 20


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A process that is ready when its port takes connections. What it prints goes nowhere."""

    def __init__(self, arguments, port):
        self.port = port
        self.process = subprocess.Popen(
            [str(argument) for argument in arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
        self.process.kill()
        raise RuntimeError(f"{arguments[0]} was not ready in time")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=READY_WITHIN_S)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0


class Ceiling(Server):
    def __init__(self, build):
        port = free_port()
        super().__init__([build / "bench_ceiling", port], port)


class Votemu(Server):
    """With a data directory of its own, which ends with it."""

    mqtt = "ws"

    def __init__(self, build, *options):
        self.directory = tempfile.mkdtemp(prefix="votemu-bench-")
        port = free_port()
        super().__init__(
            [build / "votemu", "--port", port, "--data-dir", self.directory, *options], port)

    def __exit__(self, *raised):
        super().__exit__(*raised)
        shutil.rmtree(self.directory, ignore_errors=True)


class Mosquitto(Server):
    """Debian's broker over TCP: its WebSockets cannot be bound to one address."""

    mqtt = "tcp"
    program = "/usr/sbin/mosquitto"

    def __init__(self):
        self.directory = tempfile.mkdtemp(prefix="votemu-bench-")
        port = free_port()
        settings = pathlib.Path(self.directory, "mosquitto.conf")
        settings.write_text(
            f"listener {port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\nlog_dest none\n")
        super().__init__([self.program, "-c", settings], port)

    def __exit__(self, *raised):
        super().__exit__(*raised)
        shutil.rmtree(self.directory, ignore_errors=True)
