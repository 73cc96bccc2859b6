//! What holds for every request.

use super::{Rule, page};

table! {
    UNKNOWN_PATH_ENDS_AT_GATEWAY = Rule::seen(
        "unknown-path-ends-at-gateway",
        "A path that leads to no service gets 403 from a gateway: a body with only message, and no Correlation-Id.",
        "strictness::a_path_that_does_not_exist_ends_at_the_gateway",
    );
    NOT_HERE_IS_501 = Rule::assumed(
        "not-here-is-501",
        "What PingOne has and this emulator lacks is answered with 501 and its name, whatever the token.",
        "unserved::what_is_documented_and_not_here_says_so",
    );
    ORDER_OF_CHECKS = Rule::assumed(
        "order-of-checks",
        "The checks have this order: path, size, preflight, token, environment, method, resource, media type, body, status.",
        "strictness::the_checks_stand_in_order",
    );
    BODY_LIMIT = Rule::assumed(
        "body-limit",
        "A body of more than a mebibyte is refused with 413.",
        "strictness::a_body_of_more_than_a_mebibyte_is_413",
    );
    TOKEN_IS_REQUIRED = Rule::documented(
        "token-is-required",
        "A token that is missing, unknown, expired or revoked is answered with 401 and INVALID_TOKEN.",
        page::OPENAPI,
        "strictness::without_a_token_nothing_is_revealed",
    );
    UNKNOWN_ENVIRONMENT_IS_404 = Rule::assumed(
        "unknown-environment-is-404",
        "An unknown environment is answered as a resource that does not exist.",
        "strictness::another_environment_is_404",
    )
    .or("It is one that the token has no rights in: 403.");
    PREFLIGHT_NEEDS_NO_TOKEN = Rule::documented(
        "preflight-needs-no-token",
        "OPTIONS is answered before the token is looked at: with the methods and headers that a page may use.",
        page::REQUESTS,
        "cors::a_browser_asks_first_and_without_a_token",
    );
    PREFLIGHT_IS_204 = Rule::assumed(
        "preflight-is-204",
        "OPTIONS is answered with 204.",
        "cors::a_browser_asks_first_and_without_a_token",
    )
    .or("It is answered with 200, and no body either.");
    EVERY_ORIGIN_IS_TRUSTED = Rule::documented(
        "every-origin-is-trusted",
        "With a token every origin is trusted, and may read the Correlation-Id beside the body.",
        page::REQUESTS,
        "cors::a_page_of_any_origin_may_ask",
    );
    ACCEPT_IS_IGNORED = Rule::assumed(
        "accept-is-ignored",
        "The header Accept is ignored.",
        "strictness::accept_has_no_meaning",
    )
    .or("An Accept that excludes application/hal+json is answered with 406.");
    METHOD_NOT_ALLOWED_IS_405 = Rule::documented(
        "method-not-allowed-is-405",
        "A method that a resource lacks is answered with 405 and the header Allow.",
        page::REQUESTS,
        "strictness::a_method_that_a_resource_lacks_is_405",
    );
    MEDIA_TYPE_CHOOSES = Rule::documented(
        "media-type-chooses",
        "Path, method and media type together say which operation is meant.",
        page::REQUESTS,
        "strictness::the_media_type_alone_chooses_the_operation",
    );
    UNKNOWN_MEDIA_TYPE_IS_415 = Rule::inferred(
        "unknown-media-type-is-415",
        "A media type that names no operation of the resource is answered with 415.",
        "strictness::a_media_type_that_names_no_operation_is_415",
    );
    MEDIA_TYPE_PARAMETERS = Rule::seen(
        "media-type-parameters",
        "Parameters of a media type, such as a charset, are tolerated.",
        "strictness::parameters_of_a_media_type_have_no_meaning",
    )
    .or("A media type with parameters names no operation: 415.");
    HEADER_TWICE_IS_MISSING = Rule::assumed(
        "header-twice-is-missing",
        "A header that comes twice counts as missing.",
        "strictness::a_header_that_comes_twice_is_missing",
    )
    .or("The first one counts.");
    BODY_IS_AN_OBJECT = Rule::inferred(
        "body-is-an-object",
        "A body that is not a JSON object is answered with 400 and INVALID_REQUEST.",
        "strictness::a_body_that_is_not_a_json_object_is_400",
    );
    UNKNOWN_MEMBERS_ARE_TOLERATED = Rule::assumed(
        "unknown-members-are-tolerated",
        "Members of a body that the service does not know are tolerated.",
        "leniency::what_is_not_documented_is_accepted_with_a_warning",
    )
    .lenient("They are bad values: 400.");
    NULL_IS_ABSENT = Rule::assumed(
        "null-is-absent",
        "An explicit null in a body is the same as a member that is left out.",
        "cancel::needs_a_reason_that_is_text",
    )
    .or("It is a value of the wrong type: 400.");
    TEXT_IS_TEXT = Rule::inferred(
        "text-is-text",
        "A number in the place of text is refused, never converted.",
        "check_otp::a_number_is_no_code",
    );
    CORRELATION_ID = Rule::documented(
        "correlation-id",
        "Every answer has a Correlation-Id of its own, errors included.",
        page::RESPONSES,
        "strictness::every_answer_has_a_correlation_id_that_an_error_repeats",
    );
    ERROR_ID_IS_CORRELATION_ID = Rule::inferred(
        "error-id-is-correlation-id",
        "The id of an error body is the Correlation-Id.",
        "strictness::every_answer_has_a_correlation_id_that_an_error_repeats",
    );
    EXTERNAL_IDS = Rule::documented(
        "external-ids",
        "X-Ping-External-Transaction-ID and -Session-ID are kept: 100 characters, and an underscore for odd ones.",
        page::EXTERNAL_IDS,
        "journal::says_who_has_asked",
    );
    ANSWERS_ARE_HAL = Rule::seen(
        "answers-are-hal",
        "A resource is answered as application/hal+json;charset=UTF-8.",
        "strictness::every_answer_has_a_correlation_id_that_an_error_repeats",
    );
    NOTHING_IS_CACHED = Rule::inferred(
        "nothing-is-cached",
        "Every answer has no-cache in Cache-Control and Pragma.",
        "strictness::every_answer_has_a_correlation_id_that_an_error_repeats",
    );
    LINKS_LEAD_TO_ITSELF = Rule::documented(
        "links-lead-to-itself",
        "Every link of an authentication leads to its own address, and names an operation that is possible.",
        page::CANCEL,
        "initialize::each_device_type_has_its_step",
    );
    PAGES_ARE_LINKED = Rule::documented(
        "pages-are-linked",
        "A list has _links.next unless it is at its end, and prev; the count of all matches, and the size of the page.",
        page::PAGING,
        "user_list::pages_are_linked",
    );
    BAD_PAGE_IS_400 = Rule::assumed(
        "bad-page-is-400",
        "A limit that is not a whole number from 1, and an unknown cursor, are refused with INVALID_PARAMETER.",
        "user_list::a_bad_page_is_refused",
    )
    .or("The first page comes, as long as pages can be.");
    INVALID_FILTER = Rule::documented(
        "invalid-filter",
        "A filter with another attribute or operator is refused with INVALID_FILTER, which names those that are known.",
        page::OPENAPI,
        "user_list::a_filter_that_is_not_supported_is_refused",
    );
    FILTERS_ARE_SCIM = Rule::documented(
        "filters-are-scim",
        "A filter has eq and sw, and and or, and parentheses.",
        page::SCIM_FILTER,
        "user_list::a_filter_chooses",
    );
    FILTER_IGNORES_CASE = Rule::assumed(
        "filter-ignores-case",
        "A filter compares text whatever the case of its letters.",
        "user_list::a_filter_ignores_case",
    )
    .or("Only username is compared so.");
}
