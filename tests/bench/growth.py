"""What a vote costs as the table, the audience and the queue grow."""

import http.client
import json

import aws
import fills
import loads
from rows import Row, on
from servers import Votemu

DELAY_S = 900  # the most that SQS has, and longer than a measurement
MOST_ROUNDS = 3
LARGE = 100_000  # beyond it a backlog takes long to make


def with_candidates(build, scale, number):
    def load(server):
        names = loads.candidates(number)
        fills.fill_table(build, server, names)
        return loads.votes(build, server, scale.seconds, names=names)
    return on(lambda: Votemu(build), load)


def with_subscribers(build, scale, number):
    return on(lambda: Votemu(build), lambda server: loads.votes(build, server, scale.seconds, subscribers=number))


def with_delayed(build, scale, number):
    """The votes' own queue holds messages that are not visible yet."""
    def load(server):
        fills.fill_queue(
            build, server, fills.votes_queue(server), number, body=fills.VOTE_MESSAGE, DelaySeconds=DELAY_S)
        return loads.votes(build, server, scale.seconds)
    return on(lambda: Votemu(build), load)


def set_mapping(server, enabled):
    """Switches the event source mapping from the votes' queue to the function that counts them."""
    def call(method, path, members=None):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        try:
            connection.request(method, "/2015-03-31/event-source-mappings/" + path, members and json.dumps(members))
            answer = connection.getresponse()
            body = answer.read()
            if answer.status >= 300:
                raise RuntimeError(f"{method} {path} answered {answer.status}: {body[:500]}")
            return json.loads(body)
        finally:
            connection.close()

    mappings = call("GET", "")["EventSourceMappings"]
    mapping = next(one for one in mappings if ":sqs:" in one["EventSourceArn"])
    call("PUT", mapping["UUID"], {"Enabled": enabled})


def with_waiting(build, scale, number):
    """Votes taken while so many wait in their queue, which nobody reads."""
    def load(server):
        set_mapping(server, False)
        fills.fill_queue(build, server, fills.votes_queue(server), number, body=fills.VOTE_MESSAGE)
        return loads.requests(build, server, [aws.vote()], scale.seconds)
    return on(lambda: Votemu(build), load)


def worked_off(build, number):
    """A backlog of votes, until the last one is pushed."""
    def load(server):
        set_mapping(server, False)
        fills.fill_queue(build, server, fills.votes_queue(server), number, body=fills.VOTE_MESSAGE)
        return loads.pushed(build, server, number, lambda: set_mapping(server, True))
    return on(lambda: Votemu(build), load)


def growth(build, scale):
    rows = {}
    for number in scale.candidates:
        rows[f"votes, {number:,} candidates"] = Row(with_candidates(build, scale, number), MOST_ROUNDS)
    for number in scale.subscribers:
        rows[f"votes, {number:,} subscribers"] = Row(with_subscribers(build, scale, number), MOST_ROUNDS)
    for number in scale.backlogs:
        rounds = 1 if number > LARGE else MOST_ROUNDS
        rows[f"votes, {number:,} delayed in their queue"] = Row(with_delayed(build, scale, number), rounds)
        rows[f"votes taken, {number:,} waiting"] = Row(with_waiting(build, scale, number), rounds)
        if number > 0:
            rows[f"backlog of {number:,} votes, worked off"] = Row(worked_off(build, number), rounds)
    return rows
