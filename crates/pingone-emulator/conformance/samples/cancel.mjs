// Takes a pending push back, with fetch.
//   PINGONE_TOKEN=… node cancel.mjs AUTH_URL ENVIRONMENT_ID DEVICE_AUTHENTICATION_ID
const [authUrl, environmentId, deviceAuthenticationId] = process.argv.slice(2);

const response = await fetch(`${authUrl}/${environmentId}/deviceAuthentications/${deviceAuthenticationId}`, {
  method: "POST",
  headers: {
    Authorization: `Bearer ${process.env.PINGONE_TOKEN}`,
    "Content-Type": "application/vnd.pingidentity.cancel.push.authentication+json",
  },
  body: '{"reason":"CHANGE_DEVICE"}',
});
if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
console.log((await response.json()).status);
