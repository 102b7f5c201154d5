"""What was asked, answered and heard of votes, and whether a table agrees with it."""

import collections
import contextlib
import http.client
import itertools
import threading

from emulator import Api

VOTERS = 4
SHARED_EVERY = 4  # of so many votes one is for a candidate that other clients vote for too
SHARED_CANDIDATES = ("cat", "dog", "newt")
OBJECTS = 4  # of their names, each uploaded again and again
MOST_OBJECT_BYTES = 300_000  # a commit of many pages


class Ledger:
    """Filled by the clients' and the subscriber's threads."""

    def __init__(self):
        self.lock = threading.Lock()
        self.numbers = itertools.count()
        self.asked = collections.Counter()
        self.answered = collections.Counter()
        self.refused = []
        self.heard = collections.Counter()
        self.went_back = []
        self.uploads_asked = collections.Counter()  # the last version of each object
        self.uploads_answered = collections.Counter()

    def ask(self):
        """The next vote's candidate."""
        with self.lock:
            number = next(self.numbers)
            shared = number % SHARED_EVERY == 0
            candidate = (SHARED_CANDIDATES[number // SHARED_EVERY % len(SHARED_CANDIDATES)] if shared
                         else f"candidate-{number:08}")
            self.asked[candidate] += 1
            return candidate

    def answer(self, candidate, status):
        with self.lock:
            if status in (200, 202):
                self.answered[candidate] += 1
            else:
                self.refused.append((candidate, status))

    def ask_upload(self, name):
        """Its next version."""
        with self.lock:
            self.uploads_asked[name] += 1
            return self.uploads_asked[name]

    def answer_upload(self, name, version, status):
        with self.lock:
            if status == 200:
                self.uploads_answered[name] = version
            else:
                self.refused.append((name, version, status))

    def hear(self, candidate, total):
        with self.lock:
            if total <= self.heard[candidate]:
                self.went_back.append((candidate, self.heard[candidate], total))
            self.heard[candidate] = total

    def lost(self, totals):
        """Answered votes that are not counted."""
        return {candidate: (votes, totals.get(candidate, 0)) for candidate, votes in self.answered.items()
                if totals.get(candidate, 0) < votes}

    def doubled(self, totals):
        """Votes that are counted and were never asked for."""
        return {candidate: (self.asked[candidate], votes) for candidate, votes in totals.items()
                if votes > self.asked[candidate]}

    def told_too_much(self, totals):
        """Totals that a subscriber heard and that are not there."""
        return {candidate: (told, totals.get(candidate, 0)) for candidate, told in self.heard.items()
                if told > totals.get(candidate, 0)}

    def wrong_objects(self, api):
        """Those that are not whole, or older than what was answered: (answered, found, asked)."""
        found = {name: version_of(api.uploaded(name)) for name in self.uploads_asked}
        return {name: (self.uploads_answered[name], version, self.uploads_asked[name])
                for name, version in found.items()
                if not self.uploads_answered[name] <= version <= self.uploads_asked[name]}

    def check(self, api, may_lose=False):
        """The totals, once they are found to be right. `may_lose`: what was answered may be gone."""
        totals, queued = api.totals(), api.queued()
        wrong = {"votes counted that nobody asked for (asked, counted)": self.doubled(totals),
                 "messages left in a queue": queued,
                 "votes that were refused": self.refused,
                 "totals that went back (candidate, before, after)": self.went_back}
        if not may_lose:
            wrong |= {"answered votes that are lost (answered, counted)": self.lost(totals),
                      "totals told and lost (told, counted)": self.told_too_much(totals),
                      "objects (answered, found, asked)": self.wrong_objects(api)}
        found = {what: which for what, which in wrong.items() if which}
        assert not found, found
        return totals


def content_of(version):
    """A version's bytes, by which it is known again."""
    unit = f"{version}\n".encode()
    return unit * (1 + version * 7919 % MOST_OBJECT_BYTES // len(unit))


def version_of(content):
    """0 when there is none, -1 when it is not whole."""
    if content is None:
        return 0
    version = int(content[:content.find(b"\n")] or 0)
    return version if content == content_of(version) else -1


class Clients:
    """Four that vote as fast as they are answered, one that invokes the function behind the API with such a vote as its
    event, and one that uploads, each until it is not answered or told to end."""

    def __init__(self, port, ledger, uploads=False):
        self.ended = threading.Event()
        self.ledger = ledger
        work = [self._vote] * VOTERS + [self._invoke] + [self._upload] * uploads
        self.threads = [threading.Thread(target=self._run, args=(port, each), daemon=True) for each in work]
        for thread in self.threads:
            thread.start()

    def end(self):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def _run(self, port, work):
        with contextlib.suppress(OSError, http.client.HTTPException), Api(port) as api:
            while not self.ended.is_set():
                work(api)

    def _vote(self, api):
        candidate = self.ledger.ask()
        self.ledger.answer(candidate, api.vote(candidate))

    def _invoke(self, api):
        candidate = self.ledger.ask()
        self.ledger.answer(candidate, api.invoke(candidate))

    def _upload(self, api):
        name = f"object-{self.ledger.uploads_asked.total() % OBJECTS}"
        version = self.ledger.ask_upload(name)
        self.ledger.answer_upload(name, version, api.upload(name, content_of(version)))
