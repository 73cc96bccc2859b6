#!/bin/sh
# The conformance list as plain curl.
#
#     sh client.sh [ADDRESS]
#
# ADDRESS is the auth_url of a running emulator; without it, that of PINGONE_EMULATOR, or http://127.0.0.1:8420. The
# emulator ends as it was. Each check names its rule: `pingone-emulator rules` says what it is and on what ground it
# stands. Ends with 0 if everything is as expected, with 1 if not, with 2 if nobody answers.
set -u

address=${1:-${PINGONE_EMULATOR:-http://127.0.0.1:8420}}
control=$address/_emulator

vendor=application/vnd.pingidentity
select=$vendor.device.select+json
otp=$vendor.otp.check+json
assertion=$vendor.assertion.check+json
remembered=$vendor.payload.check+json
cancel=$vendor.cancel.push.authentication+json
activate=$vendor.device.activate+json
change_device='{"reason":"CHANGE_DEVICE"}'
nobody=00000000-0000-4000-8000-000000000000

phone='{"id":"phone","type":"MOBILE"}'
mail='{"id":"mail","type":"EMAIL","email":"ad****@example.com"}'
passkey='{"id":"passkey","type":"FIDO2","rp":{"id":"example.com"},"credentialId":"AAAA"}'
browser='{"id":"browser","type":"BROWSER","_emulator":{"cookie":"rm=123"}}'

line='
'
passed=0 failed=0 current='' is_good=yes

# call URL [OPTION…]: leaves the answer with its headers in $answer, and its status in $status.
call() {
    url=$1
    shift
    if ! answer=$(curl --disable --silent --show-error --noproxy '*' --max-time 30 --include --write-out '\n%{http_code}' "$@" "$url")
    then
        echo "nobody answers at $address" >&2
        exit 2
    fi
    status=${answer##*"$line"}
}

# text NAME: the first member of this name in the answer that is text.
text() {
    printf '%s' "$answer" | grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4
}

# expect STATUS [TEXT…]: the answer has this status and contains each text.
expect() {
    wanted=$1
    shift
    for part in "$@"; do
        case $answer in *"$part"*) ;; *) wanted="$wanted with $part" ;; esac
    done
    if [ "$wanted" != "$status" ]; then
        is_good=no
        printf 'FAILED %s\n    expected: %s\n    seen:     %s %s\n' "$current" "$wanted" "$status" \
            "$(printf '%s' "$answer" | grep -oE '"(status|code|error|target)":"[A-Za-z_.]*"' | tr '\n' ' ')"
    fi
}

# check RULE WHAT: from here to the next one everything belongs to this check.
check() {
    finish
    current="$1: $2"
    call "$control/snapshots/client.sh" --request POST
    token=$first_token
}

finish() {
    if [ -n "$current" ]; then
        if [ $is_good = yes ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    fi
    is_good=yes
}

# tell METHOD PATH [BODY]: tells or asks the emulator itself something.
tell() { call "$control$2" --request "$1" --data "${3-}"; }

ask_token() { call "$environment/as/token" "$@"; }

# post MEDIA_TYPE BODY [OPTION…]: to the collection.
post() {
    type=$1 body=$2
    shift 2
    call "$all" --header "Authorization: Bearer $token" --header "Content-Type: $type" --data "$body" "$@"
}

# begin DEVICES [MEMBERS]: for a user who has these devices, of which the first is the default.
begin() {
    tell PUT /users/shell-user "{\"devices\":[$1]}"
    post application/json "{\"user\":{\"id\":\"shell-user\"}${2:+,$2}}"
    one=$(text href)
}

# To this device nothing is sent; the answer carries the code.
begin_with_test_mail() {
    device='{"oneTime":{"type":"EMAIL","email":"shell@example.com","testMode":true}}'
    post application/json "{\"user\":{\"id\":\"$user\"},\"selectedDevice\":$device}"
    one=$(text href) code=$(text otp)
}

# act MEDIA_TYPE BODY: an operation on what was begun.
act() { call "$one" --header "Authorization: Bearer $token" --header "Content-Type: $1" --data "$2"; }
read_it() { call "$one" --header "Authorization: Bearer $token"; }
answer_push() { tell POST "/pushes/${one##*/}" "{\"answer\":\"$1\"}"; }
advance() { tell POST /clock "{\"advance\":$1}"; }

# manage METHOD URL [MEDIA_TYPE] [BODY]: a request to the management API.
manage() {
    call "$2" --request "$1" --header "Authorization: Bearer $token" --header "Content-Type: ${3:-application/json}" --data "${4-}"
}

# enrol [MEMBERS]: an e-mail address for a user who has no device yet; its address in $one.
enrol() {
    tell PUT /users/shell-user '{"devices":[]}'
    add "$@"
}

# add [MEMBERS]: one more.
add() {
    manage POST "$devices" application/json "{\"type\":\"EMAIL\",\"email\":\"ada@example.com\"${1:+,$1}}"
    id=$(text id) one=$devices/$(text id)
}

# begin_again: an authentication of the same user, with their default device.
begin_again() { post application/json '{"user":{"id":"shell-user"}}'; }

last_code() {
    tell GET /codes
    code=$(printf '%s' "$answer" | grep -o '"code":"[0-9]*"' | tail -n 1 | cut -d '"' -f 4)
}

wrong_code() { if [ "$code" = 111111 ]; then echo 222222; else echo 111111; fi; }

call "$control/"
environment=$address/$(text environmentId)
all=$environment/deviceAuthentications
users=$address/v1/environments/${environment##*/}/users
devices=$users/shell-user/devices
user=$(text userId) client=$(text clientId) pair=$(text clientId):$(text clientSecret)
tell PUT /snapshots/before-client.sh
ask_token --user "$pair" --data grant_type=client_credentials
first_token=$(text access_token)
tell PUT /snapshots/client.sh

check unknown-path-ends-at-gateway 'an operation has no path of its own'
begin "$phone"
one=$one/cancel
act "$cancel" "$change_device"
expect 403 '{"message":'

check token-is-required 'without a token nothing is told'
begin "$phone"
call "$one"
expect 401 INVALID_TOKEN

check unknown-environment-is-404 'another environment is not there'
call "$address/$nobody/deviceAuthentications/$nobody" --header "Authorization: Bearer $token"
expect 404 NOT_FOUND

check method-not-allowed-is-405 'the collection cannot be listed'
call "$all" --header "Authorization: Bearer $token"
expect 405 'allow: POST'

check unknown-media-type-is-415 'cancel is no plain JSON'
begin "$phone"
act application/json "$change_device"
expect 415
read_it
expect 200 '"status":"PUSH_CONFIRMATION_REQUIRED"'

check unknown-media-type-is-415 'what curl says without being told is no media type of the service'
call "$all" --header "Authorization: Bearer $token" --data '{}'
expect 415

check media-type-parameters 'a charset has no meaning'
begin "$phone"
act "$cancel; charset=utf-8" "$change_device"
expect 200 '"status":"DEVICE_SELECTION_REQUIRED"'

check header-twice-is-missing 'two media types are none'
post application/json '{}' --header 'content-type: application/json'
expect 415

check accept-is-ignored 'Accept has no meaning'
begin "$phone"
call "$one" --header "Authorization: Bearer $token" --header 'Accept: application/json'
expect 200 '"status":"PUSH_CONFIRMATION_REQUIRED"'

check body-is-an-object 'a body that is no object is refused'
post application/json '[]'
expect 400 INVALID_REQUEST
post application/json '{'
expect 400 INVALID_REQUEST

check null-is-absent 'null is a member that is left out'
begin "$phone"
act "$cancel" '{"reason":null}'
expect 400 REQUIRED_VALUE '"target":"reason"'

check text-is-text 'a number is no code'
begin_with_test_mail
act "$otp" '{"otp":123456}'
expect 400 INVALID_VALUE '"target":"otp"'

check answers-are-hal 'an authentication comes as HAL, and may not be cached'
begin_with_test_mail
expect 201 'content-type: application/hal+json;charset=UTF-8' 'cache-control: no-cache' 'correlation-id: '

check token-request-is-a-form 'a token is not asked for in JSON'
ask_token --user "$pair" --header 'Content-Type: application/json' --data '{"grant_type":"client_credentials"}'
expect 415

check only-client-credentials 'no password is taken'
ask_token --user "$pair" --data 'grant_type=password'
expect 400 '"error":"unsupported_grant_type"'

check no-scope-needed 'a worker gets a bearer token'
ask_token --user "$pair" --data 'grant_type=client_credentials'
expect 200 '"token_type":"Bearer"'

check one-authentication-method 'the secret in the form is refused'
ask_token --data grant_type=client_credentials --data "client_id=$client" --data-urlencode "client_secret=${pair#*:}"
expect 401 '"error":"invalid_client"' 'Unsupported authentication method'

check bad-credentials-are-invalid-client 'a wrong secret is refused'
ask_token --user "$client:wrong" --data grant_type=client_credentials
expect 401 '"error":"invalid_client"'

check token-is-required 'a revoked token is refused'
tell DELETE /tokens
post application/json '{}'
expect 401 INVALID_TOKEN

check worker-token-is-required 'the token of a user is refused'
tell POST /tokens '{"kind":"USER"}'
token=$(text access_token)
post application/json '{}'
expect 401 INVALID_TOKEN

check initialize-is-201 'the answer is 201 with the address'
begin_with_test_mail
expect 201 "location: $one" '"status":"OTP_REQUIRED"'

check initialize-is-201 "a notification of one's own begins as well"
begin "$phone" '"notification":{"template":{"name":"transaction","locale":"fr-CA","variables":{"account":"1234"}}}'
expect 201 '"status":"PUSH_CONFIRMATION_REQUIRED"'

check unknown-user-is-404 'a user who does not exist is not there'
post application/json "{\"user\":{\"id\":\"$nobody\"}}"
expect 404 NOT_FOUND

check unknown-policy-is-400 'a policy that does not exist is a bad value'
begin "$mail" "\"policy\":{\"id\":\"$nobody\"}"
expect 400 INVALID_VALUE '"target":"policy.id"'

check no-user-means-passkey 'without a user any passkey may answer'
post application/json '{"rp":{"id":"example.com"}}'
expect 201 '"status":"ASSERTION_REQUIRED"' 'publicKeyCredentialRequestOptions'

check origin-of-relying-party 'an origin of somebody else is a bad value'
begin "$passkey"
act "$assertion" '{"origin":"https://example.org","assertion":"{}"}'
expect 400 INVALID_VALUE '"target":"origin"'

check assertion-is-text 'what is no assertion is a bad value'
begin "$passkey"
act "$assertion" '{"origin":"https://app.example.com","assertion":"none"}'
expect 400 INVALID_VALUE '"target":"assertion"'

check device-of-somebody-else 'a device that the user does not have is a bad value'
begin "$mail" '"selectedDevice":{"id":"somebody-else"}'
expect 400 INVALID_VALUE '"target":"selectedDevice.id"'

check no-usable-device-is-400 'a user without devices is refused'
begin ''
expect 400 NO_USABLE_DEVICES

check one-time-is-masked 'an address is shown masked'
begin_with_test_mail
expect 201 'sh****@example.com'

check test-devices 'the code of a test device completes'
begin_with_test_mail
act "$otp" "{\"otp\":\"$code\"}"
expect 200 '"status":"COMPLETED"'

check check-remembered-is-200 'a browser is remembered by its cookie'
begin "$mail"
policy=$(printf '%s' "$answer" | grep -o '"policy":{[^}]*}')
tell PUT /users/shell-user "{\"devices\":[$mail],\"rememberedBrowsers\":[$browser]}"
known="{\"user\":{\"id\":\"shell-user\"},$policy,\"payload\":{\"type\":\"BROWSER\",\"value\":\"of the Signals SDK\"}}"
post "$remembered" "$known" --cookie rm=1234
expect 200 '"status":"FAILED"'
post "$remembered" "$known" --cookie rm=123
expect 200 '"status":"COMPLETED"' '"selectedDevice":{"id":"browser"}'

check select-device-while-open 'after cancel a device is selected, and its code completes'
begin "$phone,$mail"
act "$cancel" "$change_device"
expect 200 '"status":"DEVICE_SELECTION_REQUIRED"'
act "$select" '{"device":{"id":"mail"}}'
expect 200 '"status":"OTP_REQUIRED"' '"selectedDevice":{"id":"mail"}'
last_code
act "$otp" "{\"otp\":\"$code\"}"
expect 200 '"status":"COMPLETED"'

check cancel-before-select 'a pending push is cancelled first'
begin "$phone,$mail"
act "$select" '{"device":{"id":"mail"}}'
expect 400 CONSTRAINT_VIOLATION

check cancel-keeps-selected-device 'the device that was given up is still named'
begin "$phone,$mail"
act "$cancel" "$change_device"
expect 200 '"selectedDevice":{"id":"phone"}' '"device.select":{"href"'

check cancel-for-any-reason 'a reason of tomorrow is accepted'
begin "$phone"
act "$cancel" '{"reason":"SIGNOUT"}'
expect 200 '"status":"DEVICE_SELECTION_REQUIRED"'

check cancel-needs-pending-push 'where a code is awaited there is nothing to cancel'
begin_with_test_mail
act "$cancel" "$change_device"
expect 400 CONSTRAINT_VIOLATION

check late-answer-has-no-effect 'an approval after cancel lets nobody in'
begin "$phone"
act "$cancel" "$change_device"
answer_push APPROVE
expect 404
read_it
expect 200 '"status":"DEVICE_SELECTION_REQUIRED"'

check push-times-out 'a push that is not answered times out'
begin "$phone"
advance 150
read_it
expect 200 '"status":"PUSH_CONFIRMATION_TIMED_OUT"'

check push-times-out 'an approval in time completes'
begin "$phone"
answer_push APPROVE
read_it
expect 200 '"status":"COMPLETED"'

check denied-push-fails 'a denied push fails'
begin "$phone"
answer_push DENY
read_it
expect 200 '"status":"FAILED"'

check wrong-code-is-400 'a wrong code is an error, and it goes on'
begin_with_test_mail
act "$otp" "{\"otp\":\"$(wrong_code)\"}"
expect 400 INVALID_OTP '"attemptsRemaining":'
act "$otp" "{\"otp\":\"$code\"}"
expect 200 '"status":"COMPLETED"'

check wrong-status 'no code is checked while a push is pending'
begin "$phone"
act "$otp" '{"otp":"123456"}'
expect 400 REQUEST_FAILED CONSTRAINT_VIOLATION

check create-user-is-201 'a user is created, and a name is taken whatever the case'
manage POST "$users" application/json '{"username":"shell-ada","email":"ada@example.com"}'
expect 201 '"username":"shell-ada"' "location: $users/$(text id)"
manage POST "$users" application/json '{"username":"SHELL-ada"}'
expect 400 UNIQUENESS_VIOLATION '"target":"username"'

check filterable-attributes 'a user is found by name'
manage POST "$users" application/json '{"username":"shell-ada"}'
manage GET "$users?filter=username%20eq%20%22Shell-Ada%22"
expect 200 '"username":"shell-ada"' '"count":1'

check mfa-enabled-is-set 'MFA is switched on'
manage PUT "$users/$user/mfaEnabled" application/json '{"mfaEnabled":true}'
expect 200 '"mfaEnabled":true'

check create-is-201 'a device that is created logs in at once'
enrol
expect 201 '"status":"ACTIVE"' "location: $one"
begin_again
one=$(text href)
last_code
act "$otp" "{\"otp\":\"$code\"}"
expect 200 '"status":"COMPLETED"'

check pairing-code-is-sent 'a device that waits is activated by the code that was sent'
enrol '"status":"ACTIVATION_REQUIRED"'
expect 201 '"device.activate":{"href"'
begin_again
expect 400 NO_USABLE_DEVICES
last_code
manage POST "$one" "$activate" "{\"otp\":\"$(wrong_code)\"}"
expect 400 INVALID_OTP '"attemptsRemaining":'
manage POST "$one" "$activate" "{\"otp\":\"$code\"}"
expect 200 '"status":"ACTIVE"'
begin_again
expect 201 '"status":"OTP_REQUIRED"' "\"selectedDevice\":{\"id\":\"$id\"}"

check resend-sends-another-code 'another code makes the first one void'
enrol '"status":"ACTIVATION_REQUIRED"'
last_code
manage POST "$one" "$vendor.device.sendActivationCode+json"
expect 200
manage POST "$one" "$activate" "{\"otp\":\"$code\"}"
expect 400 INVALID_OTP
last_code
manage POST "$one" "$activate" "{\"otp\":\"$code\"}"
expect 200 '"status":"ACTIVE"'

check unblock-is-like-block 'a blocked device cannot be used until it is unblocked'
enrol
manage POST "$one" "$vendor.device.block+json"
expect 200 '"status":"BLOCKED"'
begin_again
expect 400 NO_USABLE_DEVICES
manage POST "$one" "$vendor.device.unblock+json"
expect 200 '"status":"UNBLOCKED"'
begin_again
expect 201 '"status":"OTP_REQUIRED"'

check set-order-answers-list 'the first of the order is the default'
enrol
first=$id
add
manage POST "$devices" "$vendor.devices.reorder+json" "{\"order\":[{\"id\":\"$id\"},{\"id\":\"$first\"}]}"
expect 200 '"devices":['
begin_again
expect 201 "\"selectedDevice\":{\"id\":\"$id\"}"

check nickname-answers-nickname 'a nickname is answered with the nickname'
enrol
manage PUT "$one/nickname" application/json '{"nickname":"Work"}'
expect 200 '"nickname":"Work"' '"device":{"href"'
begin_again
expect 201 '"nickname":"Work"'

check key-uri 'an authenticator app gets a secret and a key URI'
tell PUT /users/shell-user '{"devices":[]}'
manage POST "$devices" application/json '{"type":"TOTP"}'
expect 201 '"status":"ACTIVATION_REQUIRED"' '"keyUri":"otpauth://totp/' "secret=$(text secret)"

check remembering-sets-a-cookie 'a browser is remembered by the cookie that comes'
enrol
begin_again
policy=$(printf '%s' "$answer" | grep -o '"policy":{[^}]*}')
manage POST "$devices" application/json "{\"type\":\"BROWSER\",\"payload\":\"of the Signals SDK\",$policy}"
expect 201 'set-cookie: '
cookie=$(printf '%s' "$answer" | sed -n 's/^set-cookie: \([^;]*\);.*/\1/p')
known="{\"user\":{\"id\":\"shell-user\"},$policy,\"payload\":{\"type\":\"BROWSER\",\"value\":\"of the Signals SDK\"}}"
post "$remembered" "$known" --cookie "$cookie"
expect 200 '"status":"COMPLETED"'

check delete-is-204 'a device that is deleted is gone'
enrol
manage DELETE "$one"
expect 204
manage GET "$one"
expect 404 NOT_FOUND
begin_again
expect 400 NO_USABLE_DEVICES

finish
tell POST /snapshots/before-client.sh
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
