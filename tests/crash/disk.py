"""A disk that loses what was not synced when the power goes, and that runs out of room or breaks when told to.

libfaulty_disk.so (faulty_disk/disk.h describes the journal), preloaded into votemu, notes what votemu changes and
syncs. `Disk.lose_power()` then makes of its files what could be found after a power cut: a file's bytes are those that
were synced and some of the pages written since, a directory's entries those that were synced and the first few of the
changes since, in their order.
"""

import errno
import mmap
import os
import pathlib
import shutil
import stat
import struct
import tempfile

LIBRARY = pathlib.Path(os.environ.get("VOTEMU_BUILD", pathlib.Path(__file__).resolve().parents[2] / "build"),
                       "libfaulty_disk.so")
PAGE_BYTES = 4096
NEVER = -1


class Control:
    """What the disk is told to do, while votemu runs too: struct Control of faulty_disk/disk.h."""

    NAMES = ("room", "syncs_until_failure", "sync_error", "changes_until_death")
    FIELDS = struct.Struct(f"{len(NAMES)}q")

    def __init__(self, path):
        path.write_bytes(self.FIELDS.pack(*[NEVER] * len(self.NAMES)))
        with open(path, "r+b") as file:
            self.page = mmap.mmap(file.fileno(), self.FIELDS.size)

    def set(self, name, value):
        struct.pack_into("q", self.page, 8 * self.NAMES.index(name), value)

    def get(self, name):
        return struct.unpack_from("q", self.page, 8 * self.NAMES.index(name))[0]


class File:
    """What the journal tells of a file since it was last whole on the disk."""

    def __init__(self, size):
        self.size = self.synced_size = size
        self.changed = []  # (from, to) since the last sync
        self.before = []  # (offset, bytes) that synced bytes were before they were changed

    def write(self, offset, length):
        self.changed.append((offset, offset + length))
        self.size = max(self.size, offset + length)

    def resize(self, size):
        self.changed.append((min(self.size, size), max(self.size, size)))
        self.size = size

    def sync(self):
        self.synced_size = self.size
        self.changed, self.before = [], []

    def synced(self, now):
        """Its bytes as of the last sync, from those that it has now."""
        content = bytearray(now[:self.synced_size].ljust(self.synced_size, b"\0"))
        for offset, old in reversed(self.before):
            old = old[:max(0, self.synced_size - offset)]
            content[offset:offset + len(old)] = old
        return bytes(content)


class Disk:
    """`directory` is the disk's root, empty at first. Nothing is lost until lose_power()."""

    def __init__(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="votemu-disk-")
        self.beside = pathlib.Path(os.path.realpath(self.temporary.name))
        self.directory = self.beside / "disk"
        self.directory.mkdir()
        self.control = Control(self.beside / "control")
        self._begin_journal()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.control.page.close()
        self.temporary.cleanup()

    @property
    def environment(self):
        """What votemu is to be started with."""
        return {"LD_PRELOAD": str(LIBRARY), "FAULTY_DISK_DIRECTORY": str(self.directory),
                "FAULTY_DISK_JOURNAL": str(self.beside)}

    def works_again(self):
        """There is room, and syncs succeed."""
        for name in Control.NAMES:
            self.control.set(name, NEVER)

    def fail_sync_after(self, syncs):
        """So many succeed, one does not, as when the disk breaks under what is written back."""
        self.control.set("sync_error", errno.EIO)
        self.control.set("syncs_until_failure", syncs)

    def failures(self):
        """(call, errno) of each time that it failed since the power last came back."""
        return [(call, int(error)) for kind, *rest in self._records() if kind == "failed" for call, error in [rest]]

    def syncs(self):
        return sum(kind == "sync" for kind, *_ in self._records())

    def lose_power(self, random):
        """With nobody running on it. Returns how many bytes and entries were lost."""
        files, directories = self._replay()
        contents = {entry.stat().st_ino: entry for entry in self._everything()}
        rebuilt = self.beside / "rebuilt"
        lost = self._rebuild(rebuilt, self.directory.stat().st_ino, files, directories, contents, random)
        shutil.copystat(self.directory, rebuilt)
        shutil.rmtree(self.directory)
        rebuilt.rename(self.directory)
        self._begin_journal()
        return lost

    def _everything(self):
        """All paths that have or had an inode's content, those in use first."""
        for root in (self.beside / "inodes", self.directory):
            for parent, names, others in os.walk(root):
                yield from (pathlib.Path(parent, name) for name in [*names, *others])

    def _begin_journal(self):
        """What is on the disk now is there for good."""
        self.entries, self.sizes = {self.directory.stat().st_ino: {}}, {}
        for parent, names, others in os.walk(self.directory):
            of_parent = self.entries[os.stat(parent).st_ino]
            for name in [*names, *others]:
                status = os.lstat(os.path.join(parent, name))
                of_parent[name] = status.st_ino
                if stat.S_ISDIR(status.st_mode):
                    self.entries[status.st_ino] = {}
                else:
                    self.sizes[status.st_ino] = status.st_size
        shutil.rmtree(self.beside / "inodes", ignore_errors=True)
        (self.beside / "inodes").mkdir()
        (self.beside / "journal").write_bytes(b"")

    def _records(self):
        with open(self.beside / "journal", encoding="ascii") as journal:
            for line in journal:
                if line.endswith("\n"):  # else the process was killed as it wrote it
                    yield line.split()

    def _replay(self):
        """({inode: File}, {inode: (synced entries, changes since as functions of the entries)})."""
        files = {inode: File(size) for inode, size in self.sizes.items()}
        directories = {inode: (dict(entries), []) for inode, entries in self.entries.items()}

        def change(directory, *steps):
            directories.setdefault(int(directory), ({}, []))[1].append(steps)

        def file(inode):
            return files.setdefault(int(inode), File(0))

        for kind, *rest in self._records():
            if kind == "enter":
                directory, name, inode = rest
                change(directory, (name, int(inode)))
            elif kind == "leave":
                directory, name, _ = rest
                change(directory, (name, None))
            elif kind == "rename":
                directory, name, to_directory, to_name, inode = rest
                assert directory == to_directory, "renames between directories are not modelled"
                change(directory, (name, None), (to_name, int(inode)))
            elif kind == "write":
                file(rest[0]).write(int(rest[1]), int(rest[2]))
            elif kind == "resize":
                file(rest[0]).resize(int(rest[1]))
            elif kind == "before":
                file(rest[0]).before.append((int(rest[1]), bytes.fromhex(rest[2])))
            elif kind == "sync" and int(rest[0]) in directories:
                entries, pending = directories[int(rest[0])]
                for steps in pending:
                    apply(entries, steps)
                pending.clear()
            elif kind == "sync":
                file(rest[0]).sync()
        return files, directories

    def _rebuild(self, to, inode, files, directories, contents, random):
        entries, pending = directories.get(inode, ({}, []))
        kept = random.choice((0, len(pending), random.randint(0, len(pending))))
        for steps in pending[:kept]:
            apply(entries, steps)
        lost = len(pending) - kept
        to.mkdir()
        for name, of_entry in sorted(entries.items()):
            source = contents.get(of_entry)
            if source is None:
                raise AssertionError(f"the journal tells of {name}, of which there is nothing")
            if source.is_dir():
                lost += self._rebuild(to / name, of_entry, files, directories, contents, random)
                shutil.copystat(source, to / name)
            else:
                lost += survive(source, to / name, files.get(of_entry) or File(0), random)
        return lost


def apply(entries, steps):
    for name, inode in steps:
        if inode is None:
            entries.pop(name, None)
        else:
            entries[name] = inode


def survive(source, to, file, random):
    """Writes what of the file could be found; the bytes that could not."""
    size = source.stat().st_size
    if not file.changed and size == file.size:
        os.link(source, to)
        return 0
    now = source.read_bytes()
    synced = file.synced(now)
    changed = [*file.changed, (file.size, size)]  # its last change may have been cut off from its record
    pages = sorted({page for start, end in changed for page in range(start // PAGE_BYTES, -(-end // PAGE_BYTES))})
    end, kept = random.choice((nothing, everything, a_beginning, some_pages))(pages, len(synced), len(now), random)
    content = bytearray(synced[:end].ljust(end, b"\0"))
    for page in kept:
        part = slice(page * PAGE_BYTES, min((page + 1) * PAGE_BYTES, end))
        new = now[part]
        content[part.start:part.start + len(new)] = new
    to.write_bytes(content)
    shutil.copymode(source, to)
    return sum(a != b for a, b in zip(now, content)) + abs(len(now) - len(content))


# How much of what was not synced is found: (the file's size, the pages that are new).

def nothing(_pages, synced_size, _size, _random):
    return synced_size, []


def everything(pages, _synced_size, size, _random):
    return size, pages


def a_beginning(pages, synced_size, size, random):
    return random.randint(min(synced_size, size), max(synced_size, size)), pages


def some_pages(pages, synced_size, size, random):
    return max(synced_size, size), [page for page in pages if random.random() < 0.5]
