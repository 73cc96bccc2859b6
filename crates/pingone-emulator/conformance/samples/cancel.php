<?php
// Takes a pending push back, with a stream, which needs no extension.
//   PINGONE_TOKEN=… php cancel.php AUTH_URL ENVIRONMENT_ID DEVICE_AUTHENTICATION_ID
[, $authUrl, $environmentId, $deviceAuthenticationId] = $argv;

$reply = file_get_contents(
    "$authUrl/$environmentId/deviceAuthentications/$deviceAuthenticationId",
    false,
    stream_context_create(['http' => [
        'method' => 'POST',
        'header' => [
            'Authorization: Bearer ' . getenv('PINGONE_TOKEN'),
            'Content-Type: application/vnd.pingidentity.cancel.push.authentication+json',
        ],
        'content' => '{"reason":"CHANGE_DEVICE"}',
    ]])
);
if ($reply === false) {
    exit(1);
}
echo json_decode($reply)->status, "\n";
