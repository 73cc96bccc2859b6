#!/usr/bin/env python3
"""The conformance list in the hands of Python's standard library.

    python3 client.py [ADDRESS]

ADDRESS is the auth_url of a running emulator; without it, that of PINGONE_EMULATOR, or http://127.0.0.1:8420. The
emulator ends as it was. Each check names its rule: `pingone-emulator rules` says what it is and on what ground it
stands. Ends with 0 if everything is as expected, with 1 if not, with 2 if no emulator answers.
"""

import os
import sys

# What is run once needs no compiled copy in the folder.
sys.dont_write_bytecode = True

from checks import CHECKS  # noqa: E402
from checks.session import Session  # noqa: E402


def main(arguments):
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        print(__doc__)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    address = (arguments or [os.environ.get("PINGONE_EMULATOR", "http://127.0.0.1:8420")])[0].rstrip("/")
    try:
        Session(address).tell("PUT", "/snapshots/client.py").expect("200")
    except (AssertionError, LookupError, OSError, TypeError, ValueError) as error:
        print(f"no emulator answers at {address}: {error}", file=sys.stderr)
        return 2
    failed = 0
    for rule, function in CHECKS:
        session = Session(address)
        try:
            session.log_in()
            function(session)
        except (AssertionError, LookupError, OSError, TypeError, ValueError) as error:
            failed += 1
            print(f"FAILED {rule}: {function.__name__.replace('_', ' ')}\n    {error if isinstance(error, AssertionError) else repr(error)}")
        session.tell("POST", "/snapshots/client.py").expect("200")
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
