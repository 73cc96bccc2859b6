//! What can go wrong between a transport and a service, one file for each area.

mod body;
mod connection;
mod redirect;
mod repetition;
mod time;
mod wire;

use crate::probe::Scenario;

/// All of them, but for the first exchange.
pub(crate) const SCENARIOS: &[Scenario] = &[
    repetition::a_reply_that_is_lost,
    repetition::a_reply_that_is_lost_on_a_connection_in_use,
    repetition::statuses_that_ask_for_more,
    redirect::redirects,
    time::a_service_that_is_silent,
    time::a_limit_below_a_millisecond,
    time::a_drip,
    body::a_body_that_is_cut_off,
    body::a_body_that_is_too_large,
    body::what_is_no_http,
    wire::the_request_on_the_wire,
    wire::the_response_from_the_wire,
    connection::a_refused_connection,
    connection::an_idle_connection_that_the_service_closed,
    connection::a_late_reply,
    connection::a_cookie,
];
