"""Object storage for tests: moto's server in a process of its own, and a cable to it that is cut now and then.

.venv/bin/python tests/buckets.py 200        (so many cuts while results are published)
"""

import contextlib
import functools
import hashlib
import json
import os
import random
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

SECRET = "a-secret-that-nobody-may-see"
URL = "s3://reports/office"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@contextlib.contextmanager
def server():
    """Yield the port of an empty S3 with one bucket; the variables say how it is reached."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        client(port).create_bucket(Bucket="reports")
        yield port
    finally:
        process.kill()
        process.wait()


def variables(port):
    """What says how a store is reached, and who one is."""
    return {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "somebody",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


@functools.cache
def client(port):
    """A way to the server without anything of ours in between."""
    import boto3

    return boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{port}",
        aws_access_key_id="other",
        aws_secret_access_key="other",
        region_name="us-east-1",
    )


def names(port, bucket="reports"):
    """The keys of all objects of a bucket."""
    pages = client(port).get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return [one["Key"] for page in pages for one in page.get("Contents", [])]


def get(port, key, bucket="reports"):
    """What an object holds; None if there is none."""
    try:
        return client(port).get_object(Bucket=bucket, Key=key)["Body"].read()
    except client(port).exceptions.NoSuchKey:
        return None


class Cable:
    """What connections to the server pass through; each may be cut after some bytes of either direction.

    Attributes
    ----------
    cuts : int
    away : bool
        The network is gone: nobody gets through.
    """

    def __init__(self, port, chance=None, often=0.5, answer=None):
        self.port, self.chance, self.often, self.answer = port, chance, often, answer
        self.cuts, self.away, self.closed = 0, False, False
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.end = self.listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.closed = True
        self.listening.close()

    def _accept(self):
        while not self.closed:
            with contextlib.suppress(OSError):
                threading.Thread(target=self._carry, args=self.listening.accept()[:1], daemon=True).start()

    def _carry(self, near):
        if self.answer:  # what somebody says who stands before the server
            with near:
                near.recv(65536)
                return near.sendall(self.answer)
        cut = bool(self.chance) and self.chance.random() < self.often
        left = int(10 ** self.chance.uniform(1, 6)) if cut else None
        with near, socket.create_connection(("127.0.0.1", self.port)) as far:
            while True:
                ready = select.select([near, far], [], [], 0.2)[0]
                if self.away:
                    return reset(near)
                for one in ready:
                    try:
                        data = one.recv(65536)
                    except OSError:
                        return None
                    if not data:
                        return None
                    if left is not None and len(data) >= left:
                        (far if one is near else near).sendall(data[:left])
                        self.cuts += 1
                        return reset(near)
                    left = left and left - len(data)
                    with contextlib.suppress(OSError):
                        (far if one is near else near).sendall(data)


def reset(connection):
    """End a connection as a cut cable does, without a farewell."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def true(port, name, prefix="office"):
    """What a run.json in the store says, after each object that it names was found whole; None if there is none."""
    content = get(port, f"{prefix}/{name}")
    if content is None:
        return None
    found = json.loads(content)["notebooks"]
    for entry in found.values():
        for path, sha in entry["outputs"].items():
            held = get(port, f"{prefix}/objects/{sha[:2]}/{sha}")
            assert held is not None and hashlib.sha256(held).hexdigest() == sha, path
    return found


def publish(port, cuts, seed="cuts"):
    """Publish results that change again and again through a cable that is cut; the store is true after each."""
    from bgtools.run.results import Entry, Place
    from bgtools.run.store import mirrored

    chance, rounds = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as folder, Cable(port, chance) as cable:
        place = Place(Path(folder), "2024-S1", "vi")
        os.environ.update(variables(cable.end))
        with mirrored(URL, [place]) as published:
            while cable.cuts < cuts:
                entries = place.entries()
                name = f"notebook-{chance.randint(1, 13)}"
                outputs = {}
                for number in range(4):
                    path = place.figures / f"{name}-{number}.png"
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(chance.randbytes(int(10 ** chance.uniform(2, 5.5))))
                    sha = hashlib.sha256(path.read_bytes()).hexdigest()
                    outputs[path.relative_to(place.root).as_posix()] = sha
                entries[name] = Entry("done", None, 1.0, {}, outputs, "", {}, {}, [])
                place.build.mkdir(parents=True, exist_ok=True)
                place.write(entries)
                published(place)
                found = true(port, "build/2024-S1/run.json")
                local = json.loads(place.file.read_text())["notebooks"]
                assert found == local, [
                    (k, (found or {}).get(k), local[k]) for k in local if (found or {}).get(k) != local[k]
                ]
                rounds += 1
    return rounds, cable.cuts


if __name__ == "__main__":
    with server() as port:
        began = time.monotonic()
        rounds, cuts = publish(port, int(sys.argv[1]), *sys.argv[2:])
        print(f"{rounds} results published through {cuts} cuts, {time.monotonic() - began:.0f} s")
