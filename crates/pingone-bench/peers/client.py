"""Makes calls with requests and one session: `client.py <url> <token>`, then on each line how many."""

import sys
import time

import requests

url, token = sys.argv[1:]
session = requests.Session()
session.trust_env = False
headers = {
    "Authorization": "Bearer " + token,
    "Content-Type": "application/vnd.pingidentity.cancel.push.authentication+json",
}

for line in sys.stdin:
    cpu, wall = time.process_time_ns(), time.perf_counter_ns()
    for _ in range(int(line)):
        response = session.post(url, headers=headers, data='{"reason":"CHANGE_DEVICE"}')
        response.raise_for_status()
        assert response.json()["status"]
    print(time.process_time_ns() - cpu, time.perf_counter_ns() - wall, flush=True)
