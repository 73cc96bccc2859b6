//! Managing a device.

use crate::rules::{Rule, page, table};

table! {
    UNKNOWN_DEVICE_IS_404 = Rule::inferred(
        "unknown-device-is-404",
        "A user who does not exist, and a device that they do not have, is not found.",
        "user_device::manage::what_is_not_there_is_not_found",
    );
    MANAGEMENT_SHOWS_ADDRESSES = Rule::documented(
        "management-shows-addresses",
        "Management shows an address as it was entered; a log-in shows it masked.",
        page::CREATE_EMAIL_STEP,
        "user_device::manage::addresses_are_clear_here_and_masked_in_a_log_in",
    );
    DEVICE_SHOWS_LOCK_AND_BLOCK = Rule::documented(
        "device-shows-lock-and-block",
        "Management shows whether a device is locked, and until when; and whether it is blocked, and since when.",
        page::BLOCK,
        "user_device::manage::a_lock_is_shown_and_can_be_ended",
    );
    LOCK_HAS_A_REASON = Rule::assumed(
        "lock-has-a-reason",
        "A lock says why: OTP for wrong codes and assertions, PUSH for pushes that nobody has approved.",
        "user_device::manage::a_lock_is_shown_and_can_be_ended",
    )
    .or("It does not.");
    DEVICES_ARE_FILTERED = Rule::documented(
        "devices-are-filtered",
        "The list can be filtered by status and type, and limited.",
        page::LIST_DEVICES,
        "user_device::list::is_filtered_and_comes_in_pages",
    );
    DEVICES_IN_ORDER = Rule::documented(
        "devices-in-order",
        "The list comes in the order of the devices, the default first.",
        page::LIST_DEVICES,
        "user_device::list::shows_the_devices_in_their_order",
    );
    EXPAND_ORDER = Rule::documented(
        "expand-order",
        "With expand=order the list says the order of the active devices; it is empty if there is none.",
        page::LIST_DEVICES,
        "user_device::list::shows_the_devices_in_their_order",
    );
    EXPAND_TYPE_DISPLAY_NAMES = Rule::assumed(
        "expand-type-display-names",
        "With expand=typeDisplayNames the list says what the types on it are called.",
        "user_device::list::says_what_types_are_called",
    )
    .or("It says nothing of it.");
    BROWSERS_ARE_NOT_LISTED = Rule::assumed(
        "browsers-are-not-listed",
        "Remembered browsers can be read and deleted as devices, and are not in the list.",
        "user_device::remembered::a_browser_can_be_forgotten",
    );
    NICKNAME_ANSWERS_NICKNAME = Rule::documented(
        "nickname-answers-nickname",
        "A new nickname is answered with the nickname and two links, not with the device.",
        page::NICKNAME,
        "user_device::manage::a_nickname_is_given_and_taken",
    );
    NICKNAME_LENGTH = Rule::assumed(
        "nickname-length",
        "A nickname has 100 characters at most.",
        "user_device::manage::a_nickname_is_given_and_taken",
    )
    .or("It has any length.");
    LOGS_OF_PHONES = Rule::documented(
        "logs-of-phones",
        "Logs can be asked of phones only, and are awaited for 24 hours.",
        page::LOGS,
        "user_device::manage::logs_are_asked_of_phones",
    );
    NOT_FOR_THIS_TYPE = Rule::assumed(
        "not-for-this-type",
        "What a type of device cannot do is refused with 400, REQUEST_FAILED and CONSTRAINT_VIOLATION.",
        "user_device::manage::logs_are_asked_of_phones",
    );
    SET_ORDER_ANSWERS_LIST = Rule::inferred(
        "set-order-answers-list",
        "A new order is answered with the list of the devices.",
        "user_device::order::the_first_is_the_default",
    );
    ORDER_MAY_BE_PARTIAL = Rule::assumed(
        "order-may-be-partial",
        "Devices that a new order does not name come after those that it names.",
        "user_device::order::devices_that_are_not_named_come_last",
    )
    .or("It has to name every active device: 400.");
    REMOVE_ORDER_IS_204 = Rule::inferred(
        "remove-order-is-204",
        "That the order is removed is answered with 204.",
        "user_device::order::without_one_the_user_chooses",
    );
    ACTIVATED_DEVICE_IS_LAST = Rule::documented(
        "activated-device-is-last",
        "A device is the last of the order once it is activated.",
        page::DEVICES,
        "user_device::order::a_device_is_the_last_once_it_is_activated",
    );
    ORDER_BEGINS_ANEW = Rule::documented(
        "order-begins-anew",
        "A user without an order has one again once there is one active device or none.",
        page::DEVICES,
        "user_device::order::begins_anew_with_one_device",
    );
    UNBLOCK_IS_LIKE_BLOCK = Rule::assumed(
        "unblock-is-like-block",
        "A device is unblocked by device.unblock+json, and answered as when it is blocked.",
        "user_device::manage::a_blocked_device_cannot_log_in_until_it_is_unblocked",
    )
    .or("The media type names no operation: 415.");
    UNLOCK_ENDS_THE_LOCK = Rule::documented(
        "unlock-ends-the-lock",
        "Unlock ends the lock of a device and resets its count of failures.",
        page::UNLOCK_DEVICE,
        "user_device::manage::a_lock_is_shown_and_can_be_ended",
    );
    UNLOCK_ANSWERS_DEVICE = Rule::assumed(
        "unlock-answers-device",
        "Unlock answers with 200 and the device.",
        "user_device::manage::a_lock_is_shown_and_can_be_ended",
    )
    .or("It answers with 204.");
    DELETE_IS_204 = Rule::documented(
        "delete-is-204",
        "A device that is deleted is answered with 204; the next one is the default then.",
        page::DELETE_DEVICE,
        "user_device::manage::the_next_device_is_the_default_once_the_first_is_deleted",
    );
}
