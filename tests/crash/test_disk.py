"""The faulty disk itself: a program on it finds after a power cut what it synced, and not all of the rest."""

import errno
import os
import random
import subprocess
import sys
import unittest

from disk import Disk

PLACES = range(50)  # power is lost at as many places at once, each with its own luck
HELPERS = """
import os, sys
os.chdir("/")
def write(path, data, flags=os.O_CREAT, sync=True):
    file = os.open(path, os.O_WRONLY | flags, 0o600)
    os.write(file, data)
    if sync: os.fsync(file)
    os.close(file)
def sync_directory(path):
    directory = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(directory)
    os.close(directory)
root, *places = sys.argv[1:]
"""


class DiskTest(unittest.TestCase):
    def setUp(self):
        self.disk = Disk()
        self.addCleanup(self.disk.__exit__)

    def run_on_disk(self, program, *places):
        """`program` knows each of the places as d, one after the other."""
        body = "".join(f"    {line}\n" for line in program.strip().splitlines())
        done = subprocess.run([sys.executable, "-c", f"{HELPERS}for d in places or [root]:\n{body}",
                               self.disk.directory, *places], text=True,
                              env={**os.environ, **self.disk.environment}, capture_output=True, check=False)
        return done

    def found(self, program, prepare="", name="file"):
        """What is at `d/file` after the power was lost: all that it can be."""
        places = [self.disk.directory / str(place) for place in PLACES]
        for part in ("os.mkdir(d); sync_directory(root)", prepare, program):
            done = self.run_on_disk(part or "pass", *places)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.disk.lose_power(random.Random(1))
        return {path.read_bytes() if path.exists() else None for path in (place / name for place in places)}

    def test_what_was_synced_stays(self):
        self.assertEqual(self.found("write(d + '/file', b'abc'); sync_directory(d)"), {b"abc"})

    def test_a_name_that_was_not_synced_may_go(self):
        self.assertEqual(self.found("write(d + '/file', b'abc')"), {None, b"abc"})

    def test_bytes_that_were_not_synced_may_go(self):
        found = self.found("write(d + '/file', b'abc', sync=False); sync_directory(d)")
        self.assertEqual(found, {b"", b"\0\0\0", b"a", b"ab", b"abc"})

    def test_pages_that_were_not_synced_may_go_from_the_middle(self):
        found = self.found("write(d + '/file', b'1' * 4096); sync_directory(d);"
                           "write(d + '/file', b'2' * 4096 + b'3' * 4096, os.O_APPEND, sync=False)")
        self.assertTrue(all(content.startswith(b"1" * 4096) for content in found))
        self.assertIn(b"1" * 4096 + b"\0" * 4096 + b"3" * 4096, found)

    def test_what_is_overwritten_is_old_or_new(self):
        found = self.found("write(d + '/file', b'new', sync=False)", "write(d + '/file', b'old'); sync_directory(d)")
        self.assertEqual(found, {b"old", b"new"})

    def test_what_is_cut_off_may_come_back(self):
        found = self.found("write(d + '/file', b'', os.O_TRUNC, sync=False)",
                           "write(d + '/file', b'old'); sync_directory(d)")
        self.assertLessEqual({b"old", b""}, found)

    def test_a_rename_over_a_file_is_undone_or_done(self):
        found = self.found("write(d + '/draft', b'new'); os.rename(d + '/draft', d + '/file')",
                           "write(d + '/file', b'old'); sync_directory(d)")
        self.assertEqual(found, {b"old", b"new"})

    def test_what_was_unlinked_may_come_back(self):
        self.assertEqual(self.found("os.unlink(d + '/file')", "write(d + '/file', b'old'); sync_directory(d)"),
                         {b"old", None})

    def test_a_directory_whose_name_was_not_synced_may_go_with_what_is_in_it(self):
        found = self.found("os.mkdir(d + '/a'); write(d + '/a/file', b'abc'); sync_directory(d + '/a')", name="a/file")
        self.assertEqual(found, {None, b"abc"})

    def test_a_killed_process_loses_nothing(self):
        done = self.run_on_disk("write(d + '/file', b'abc', sync=False); os.kill(os.getpid(), 9)")
        self.assertEqual(done.returncode, -9)
        self.assertEqual((self.disk.directory / "file").read_bytes(), b"abc")

    def test_it_dies_before_the_change_that_it_is_told(self):
        self.disk.control.set("changes_until_death", 2)  # after the creation and the write
        done = self.run_on_disk("write(d + '/file', b'abc'); write(d + '/other', b'abc')")
        self.assertEqual(done.returncode, -9)
        self.assertEqual([path.name for path in self.disk.directory.iterdir()], ["file"])
        self.assertEqual(self.disk.syncs(), 0)

    def test_it_runs_out_of_room_with_a_short_write_and_has_room_again(self):
        self.disk.control.set("room", 5)
        fill = """
file = os.open(d + '/file', os.O_WRONLY | os.O_CREAT | os.O_APPEND)
print(os.write(file, b'12345678'))
try: os.write(file, b'678')
except OSError as error: print(error.errno)
"""
        self.assertEqual(self.run_on_disk(fill).stdout, f"5\n{errno.ENOSPC}\n")
        self.assertEqual((self.disk.directory / "file").read_bytes(), b"12345")
        self.assertEqual(self.disk.failures(), [("write", errno.ENOSPC)])
        self.run_on_disk("os.unlink(d + '/file')")
        self.assertEqual(self.run_on_disk(fill).stdout, f"5\n{errno.ENOSPC}\n")
        self.disk.works_again()
        self.assertEqual(self.run_on_disk(fill).stdout, "8\n")

    def test_room_that_was_set_aside_is_there(self):
        self.disk.control.set("room", 8)
        done = self.run_on_disk("""
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
file = os.open(d + '/file', os.O_WRONLY | os.O_CREAT)
allocate = lambda length: libc.fallocate(file, 1, ctypes.c_long(0), ctypes.c_long(length))
print(allocate(9), allocate(8), os.write(file, b'12345678'))
""")
        self.assertEqual(done.stdout, "-1 0 8\n")

    def test_a_sync_fails_once_and_what_it_was_to_keep_may_go(self):
        self.disk.control.set("sync_error", errno.EIO)
        self.disk.control.set("syncs_until_failure", 1)
        done = self.run_on_disk("""
write(d + '/first', b'abc')
try: write(d + '/second', b'abc')
except OSError as error: print(error.errno)
write(d + '/third', b'abc')
sync_directory(d)
""")
        self.assertEqual(done.stdout, f"{errno.EIO}\n")
        self.assertEqual(self.disk.syncs(), 3)

    def test_what_it_cannot_keep_track_of_is_refused(self):
        done = self.run_on_disk("import mmap; f = os.open(d + '/f', os.O_RDWR | os.O_CREAT); os.write(f, b'x');"
                                "mmap.mmap(f, 1)")
        self.assertIn("faulty disk: writing through memory is not modelled", done.stderr)
        self.assertNotEqual(done.returncode, 0)


if __name__ == "__main__":
    unittest.main()
