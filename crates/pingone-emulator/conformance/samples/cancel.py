# Takes a pending push back, with requests.
#   PINGONE_TOKEN=… python3 cancel.py AUTH_URL ENVIRONMENT_ID DEVICE_AUTHENTICATION_ID
import os
import sys

import requests

auth_url, environment_id, device_authentication_id = sys.argv[1:]

response = requests.post(
    f"{auth_url}/{environment_id}/deviceAuthentications/{device_authentication_id}",
    headers={
        "Authorization": "Bearer " + os.environ["PINGONE_TOKEN"],
        "Content-Type": "application/vnd.pingidentity.cancel.push.authentication+json",
    },
    data='{"reason":"CHANGE_DEVICE"}',
)
response.raise_for_status()
print(response.json()["status"])
