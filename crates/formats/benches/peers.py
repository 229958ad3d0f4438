"""The Python library idmefv2 on the same alert: medians of three runs, per second of processor time.

Usage: peers.py ALERT [SECONDS]; run by `cargo xtask bench formats`.
"""

import importlib.resources
import json
import statistics
import sys
import time

import jsonschema
from idmefv2 import Message, SerializedMessage


def rate(work, seconds):
    """How often `work` is done in a second of processor time."""
    count, start = 0, time.process_time()
    while True:
        work()
        count += 1
        spent = time.process_time() - start
        if spent >= seconds:
            return count / spent


def report(name, work, seconds):
    """Prints the median of three."""
    rates = [rate(work, seconds) for _ in range(3)]
    print(f"{name}: {statistics.median(rates):,.0f} alerts/s")


def main():
    """Measures the library, and the validator below it when it is built only once."""
    with open(sys.argv[1], "rb") as file:
        raw = file.read()
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 3.0
    payload = SerializedMessage("application/json", raw)
    report("idmefv2 Message.unserialize (parse and validate)", lambda: Message.unserialize(payload), seconds)
    draft = json.loads(raw)["Version"].rpartition("V")[2]
    folder = importlib.resources.files("idmefv2") / "schemas" / "drafts" / "IDMEFv2" / draft
    schema = json.loads((folder / "IDMEFv2.schema").read_text())
    validator = jsonschema.Draft4Validator(schema)
    report("jsonschema, built once, with json.loads", lambda: list(validator.iter_errors(json.loads(raw))), seconds)


if __name__ == "__main__":
    main()
