"""A votemu of a test's own: on a free port of loopback, ended by its process id, at the latest with the test."""

import os
import pathlib
import re
import resource
import signal
import subprocess
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("VOTEMU_BIN", ROOT / "build/votemu"))
READY_WITHIN_S = 120


class Votemu:
    """Started and `Ready.` once constructed. What it says on stderr is in `said()`.

    directory: the data directory, kept when given; else one that ends with it.
    environment: more variables. most_descriptors: the process's limit of open files.
    """

    def __init__(self, *options, directory=None, environment=None, most_descriptors=None, port=0):
        self.temporary = None if directory else tempfile.TemporaryDirectory(prefix="votemu-")
        self.directory = pathlib.Path(directory or self.temporary.name)
        self.stderr = tempfile.TemporaryFile()

        def limit():
            if most_descriptors:
                resource.setrlimit(resource.RLIMIT_NOFILE, (most_descriptors, most_descriptors))

        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", str(BINARY), "--port", str(port), "--data-dir", str(self.directory),
             *map(str, options)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.stderr, preexec_fn=limit,
            env={**os.environ, **(environment or {})})
        self.port = self._announced_port()

    def _announced_port(self):
        too_late = threading.Timer(READY_WITHIN_S, self.process.kill)
        too_late.start()
        port = None
        try:
            for line in self.process.stdout:
                if line == b"Ready.\n":
                    return port
                if found := re.match(rb"Listening on http://localhost:(\d+)", line):
                    port = int(found[1])
        finally:
            too_late.cancel()
        status = self.wait()
        raise RuntimeError(f"votemu ended with {status} before it was ready: {self.said()}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        if self.temporary:
            self.temporary.cleanup()

    def stop(self):
        """As an operator stops it; nothing may have gone wrong."""
        self.process.send_signal(signal.SIGTERM)
        status = self.wait()
        if status != 0:
            raise RuntimeError(f"votemu ended with {status}: {self.said()}")

    def kill(self):
        """As when the machine takes it away: kill -9."""
        self.process.kill()
        self.wait()

    def wait(self, within_s=60):
        """The exit status; negative, the signal that ended it. Kills what does not end by itself."""
        try:
            return self.process.wait(within_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            self.process.stdout.close()

    def said(self):
        self.stderr.seek(0)
        return self.stderr.read().decode(errors="replace")

    def resident_bytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024

    def open_descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))
