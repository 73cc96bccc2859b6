"""The list: every check with its rule, in the order in which they are tried."""

CHECKS = []


def check(rule):
    """Puts a function on the list. It is given a session, and raises if things are not as this rule says."""
    return lambda function: CHECKS.append((rule, function)) or function


from . import every_request, tokens, begin, go_on, users, enrolment  # noqa: E402, F401
