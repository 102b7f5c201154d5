"""What was asked, answered and heard of votes, and whether a table agrees with it."""

import collections
import contextlib
import http.client
import itertools
import threading

from emulator import Api

CLIENTS = 4
SHARED_EVERY = 4  # of so many votes one is for a candidate that other clients vote for too
SHARED_CANDIDATES = ("cat", "dog", "newt")


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
            if status == 200:
                self.answered[candidate] += 1
            else:
                self.refused.append((candidate, status))

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

    def check(self, api, may_lose=False):
        """The totals, once they are found to be right. `may_lose`: what was answered may be gone."""
        totals, queued = api.totals(), api.queued()
        wrong = {"votes counted that nobody asked for (asked, counted)": self.doubled(totals),
                 "messages left in a queue": queued,
                 "votes that were refused": self.refused,
                 "totals that went back (candidate, before, after)": self.went_back}
        if not may_lose:
            wrong |= {"answered votes that are lost (answered, counted)": self.lost(totals),
                      "totals told and lost (told, counted)": self.told_too_much(totals)}
        found = {what: which for what, which in wrong.items() if which}
        assert not found, found
        return totals


class Voters:
    """Four clients that vote as fast as they are answered, each until it is not answered or told to end."""

    def __init__(self, port, ledger):
        self.ended = threading.Event()
        self.threads = [threading.Thread(target=self._vote, args=(port, ledger), daemon=True)
                        for _ in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def end(self):
        self.ended.set()
        for thread in self.threads:
            thread.join()

    def _vote(self, port, ledger):
        with contextlib.suppress(OSError, http.client.HTTPException), Api(port) as api:
            while not self.ended.is_set():
                candidate = ledger.ask()
                ledger.answer(candidate, api.vote(candidate))
