//! Who may ask.

use crate::rules::{Rule, page, table};

table! {
    TOKEN_REQUEST_IS_A_FORM = Rule::inferred(
        "token-request-is-a-form",
        "A token request is a form; any other media type is answered with 415.",
        "token::names_what_is_wrong_with_the_form",
    );
    PARAMETER_TWICE = Rule::documented(
        "parameter-twice",
        "A parameter that comes twice makes a token request invalid.",
        page::RFC6749,
        "token::names_what_is_wrong_with_the_form",
    );
    PARAMETERS_ARE_FEW = Rule::assumed(
        "parameters-are-few",
        "A token request of more than 100 parameters is invalid.",
        "attackers::a_token_request_with_very_many_parameters_is_refused",
    );
    ONLY_CLIENT_CREDENTIALS = Rule::assumed(
        "only-client-credentials",
        "Only client_credentials are granted.",
        "token::names_what_is_wrong_with_the_form",
    );
    NO_SCOPE_NEEDED = Rule::documented(
        "no-scope-needed",
        "A worker needs no scope: its rights are its roles.",
        page::WORKER,
        "token::each_client_gets_a_token_in_its_own_way",
    );
    ONE_AUTHENTICATION_METHOD = Rule::documented(
        "one-authentication-method",
        "A client has one way to authenticate, and no other is accepted.",
        page::METHODS,
        "token::the_other_way_is_refused_even_with_the_right_secret",
    );
    WRONG_METHOD_IS_INVALID_CLIENT = Rule::seen(
        "wrong-method-is-invalid-client",
        "Another way to authenticate is answered with invalid_client and a text about an unsupported method.",
        "token::the_other_way_is_refused_even_with_the_right_secret",
    );
    BASIC_IS_THE_PLAIN_PAIR = Rule::documented(
        "basic-is-the-plain-pair",
        "CLIENT_SECRET_BASIC is Base64 of id and secret as they are, without the form encoding of RFC 6749.",
        page::METHODS,
        "token::refuses_a_client_that_cannot_say_who_it_is",
    );
    BAD_CREDENTIALS_ARE_INVALID_CLIENT = Rule::assumed(
        "bad-credentials-are-invalid-client",
        "An unknown client and a wrong secret are not told apart.",
        "token::refuses_a_client_that_cannot_say_who_it_is",
    );
    OAUTH_ERROR_NAMES_ANSWER = Rule::documented(
        "oauth-error-names-answer",
        "The description of the token endpoint's errors ends in the Correlation-Id.",
        page::CIBA,
        "token::the_other_way_is_refused_even_with_the_right_secret",
    );
    ASSERTION_CLAIMS = Rule::documented(
        "assertion-claims",
        "A client's JWT has its id as iss and sub, an exp at most an hour ahead, and no nbf in the future.",
        page::CLIENT_JWT,
        "client_assertion::each_claim_is_checked",
    );
    ASSERTION_AUDIENCE = Rule::documented(
        "assertion-audience",
        "A client's JWT has the token endpoint or the issuer as aud.",
        page::CLIENT_JWT,
        "client_assertion::each_claim_is_checked",
    )
    .or("Any text will do, for a client that knows the service by another address.");
    TOKEN_LIVES_AN_HOUR = Rule::documented(
        "token-lives-an-hour",
        "A token lives for an hour, unless the data say otherwise.",
        page::TOKENS,
        "token::a_token_ends_after_an_hour",
    );
    TOKENS_ARE_JWTS = Rule::documented(
        "tokens-are-jwts",
        "A worker's token is an RS256 JWT with iss, aud, client_id, env, org, iat, exp and jti, and without sub.",
        page::TOKEN_CLAIMS,
        "token::a_token_is_a_jwt_of_the_published_key",
    );
    KEYS_ARE_PUBLISHED = Rule::documented(
        "keys-are-published",
        "The keys that sign tokens are at /as/jwks, which needs no token; the kid in a token names its key.",
        page::JWKS,
        "token::a_token_is_a_jwt_of_the_published_key",
    );
    KEYS_HAVE_CERTIFICATES = Rule::documented(
        "keys-have-certificates",
        "A key comes with its certificate as x5c, whose thumbprint x5t also stands in the token's header.",
        page::JWKS,
        "token::a_key_comes_with_its_certificate",
    );
    CONFIGURATION_IS_PUBLISHED = Rule::documented(
        "configuration-is-published",
        "The issuer and its addresses are at /as/.well-known/openid-configuration, which needs no token.",
        page::DISCOVERY,
        "token::the_configuration_leads_to_the_other_addresses",
    );
    INTROSPECTION = Rule::documented(
        "introspection",
        "A client that authenticates learns whether a token is active, and what it says.",
        page::RFC7662,
        "token::introspection_knows_a_live_token_and_no_other",
    );
    WORKER_TOKEN_IS_REQUIRED = Rule::assumed(
        "worker-token-is-required",
        "A user's token is refused with 401 and INVALID_TOKEN.",
        "token::a_token_of_the_wrong_kind_is_401",
    )
    .or("It works as well as a worker's.");
    TOKEN_OF_OTHER_ENVIRONMENT = Rule::assumed(
        "token-of-other-environment",
        "A token of another environment is refused like an unknown one: 401.",
        "token::a_token_of_another_environment_is_401",
    )
    .or("It is refused with 403.");
}
