# Takes a pending push back, with curl.
#   PINGONE_TOKEN=… sh cancel.sh AUTH_URL ENVIRONMENT_ID DEVICE_AUTHENTICATION_ID
curl --silent --show-error --fail "$1/$2/deviceAuthentications/$3" \
    --header "Authorization: Bearer $PINGONE_TOKEN" \
    --header 'Content-Type: application/vnd.pingidentity.cancel.push.authentication+json' \
    --data '{"reason":"CHANGE_DEVICE"}'
