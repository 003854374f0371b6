"""Clients that send a byte now and then, for as long as they are let."""

import socket
from contextlib import contextmanager
from threading import Event, Thread

from tests.machines.site import NAME

HEAD = f"GET / HTTP/1.1\r\nHost: {NAME}\r\nX-Slow: ".encode()
BODY = (
    f"POST /come-back HTTP/1.1\r\nHost: {NAME}\r\nContent-Type: application/pdf\r\nContent-Length: 100000\r\n\r\n"
).encode()
PAUSE = 0.5  # seconds from one byte to the next


class Dripping:
    """Clients of whom each has begun to send, and goes on byte by byte."""

    def __init__(self, connections):
        self.connections = connections
        self.over = Event()

    def drip(self):
        while not self.over.wait(PAUSE):
            for each in list(self.connections):
                try:
                    each.sendall(b"x")
                except OSError:
                    self.connections.remove(each)

    def count(self):
        """Return how many are still let."""
        return len(self.connections)


@contextmanager
def dripping(count, begin, port, trust=None):
    """Let so many clients begin with these bytes, over TLS if they trust somebody, 20 from each address."""
    connections = []
    for number in range(count):
        source = f"127.0.2.{1 + number // 20}"
        connection = socket.create_connection(("127.0.0.1", port), timeout=10, source_address=(source, 0))
        connections.append(trust.wrap_socket(connection, server_hostname=NAME) if trust else connection)
        connections[-1].sendall(begin)
    clients = Dripping(list(connections))
    thread = Thread(target=clients.drip)
    thread.start()
    try:
        yield clients
    finally:
        clients.over.set()
        thread.join()
        for each in connections:
            each.close()
