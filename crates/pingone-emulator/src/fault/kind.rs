use std::time::Duration;

use serde_json::{Value, json};

use crate::object::{DataError, Object};

/// What a fault does to an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// The reply is delayed.
    Delay(Duration),
    /// 429, and nothing has happened.
    TooManyRequests(RetryAfter),
    /// 503, and nothing has happened.
    Unavailable(RetryAfter),
    /// This status with a short JSON body, and nothing has happened.
    Status(u16),
    /// This status with a page of HTML from some gateway, and nothing has happened.
    Html(u16),
    /// The answer without its body.
    Empty,
    /// The connection is reset, and nothing has happened.
    ResetBefore,
    /// The connection is reset after the operation took effect.
    ResetAfter,
    /// The answer ends in the middle of its body.
    Truncated,
    /// The connection is reset in the middle of the answer's body.
    ResetInBody,
    /// The body is padded with spaces to this many bytes.
    Oversized(usize),
    /// The body is sent byte by byte, with this pause in between.
    Drip(Duration),
    /// A redirect to the same path on another host, with this status; nothing has happened.
    Redirect {
        /// From 300 to 399.
        status: u16,
        /// The other host, with its port.
        host: String,
    },
    /// The reply's `status` is an unknown one.
    UnknownStatus,
    /// The devices' `type` is an unknown one.
    UnknownType,
    /// The reply and its devices have unknown members.
    UnknownMember,
    /// Every member of the reply except `id` and `status` is `null`.
    Nulls,
    /// The devices' `nickname` has terminal control characters.
    ControlCharacters,
}

/// The header `Retry-After` of a 429 or a 503.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryAfter {
    /// There is none.
    Absent,
    /// A number of seconds, however large.
    Seconds(u64),
    /// A date, so many seconds from now; in the past if negative.
    Date(i64),
}

/// More than a client should read.
const OVERSIZE: u32 = 16 * 1024 * 1024;

/// The most that the control paths accept: enough for any client, and not too much for the emulator.
const LARGEST: u32 = 64 * 1024 * 1024;
const LONGEST: u32 = 60 * 60 * 1000;

impl FaultKind {
    /// The name, such as `reset_after`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Delay(_) => "delay",
            Self::TooManyRequests(_) => "too_many_requests",
            Self::Unavailable(_) => "unavailable",
            Self::Status(_) => "status",
            Self::Html(_) => "html",
            Self::Empty => "empty",
            Self::ResetBefore => "reset_before",
            Self::ResetAfter => "reset_after",
            Self::Truncated => "truncated",
            Self::ResetInBody => "reset_in_body",
            Self::Oversized(_) => "oversized",
            Self::Drip(_) => "drip",
            Self::Redirect { .. } => "redirect",
            Self::UnknownStatus => "unknown_status",
            Self::UnknownType => "unknown_type",
            Self::UnknownMember => "unknown_member",
            Self::Nulls => "nulls",
            Self::ControlCharacters => "control_characters",
        }
    }

    /// Whether it answers with an error in the platform's form.
    pub(super) fn is_platform_error(&self) -> bool {
        matches!(self, Self::TooManyRequests(_) | Self::Unavailable(_) | Self::Status(_))
    }

    pub(super) fn from_object(object: &Object<'_>) -> Result<Self, DataError> {
        let at_most = |name: &str, most: u32, default: u32| match object.number(name)?.unwrap_or(default) {
            number if number <= most => Ok(number),
            _ => Err(object.error(name, format!("must be at most {most}"))),
        };
        let milliseconds = || Ok(Duration::from_millis(at_most("milliseconds", LONGEST, 100)?.into()));
        let status = |default| match object.number("status")?.map_or(Ok(default), u16::try_from) {
            Ok(status) if (400..600).contains(&status) => Ok(status),
            _ => Err(object.error("status", "must be from 400 to 599")),
        };
        let redirection = || match object.number("status")?.map_or(Ok(307), u16::try_from) {
            Ok(status) if (300..400).contains(&status) => Ok(status),
            _ => Err(object.error("status", "must be from 300 to 399")),
        };
        Ok(match object.text("kind")? {
            "delay" => Self::Delay(milliseconds()?),
            "too_many_requests" => Self::TooManyRequests(RetryAfter::from_object(object)?),
            "unavailable" => Self::Unavailable(RetryAfter::from_object(object)?),
            "status" => Self::Status(status(500)?),
            "html" => Self::Html(status(504)?),
            "empty" => Self::Empty,
            "reset_before" => Self::ResetBefore,
            "reset_after" => Self::ResetAfter,
            "truncated" => Self::Truncated,
            "reset_in_body" => Self::ResetInBody,
            "oversized" => Self::Oversized(at_most("bytes", LARGEST, OVERSIZE)? as usize),
            "drip" => Self::Drip(milliseconds()?),
            "redirect" => Self::Redirect { status: redirection()?, host: object.text("host")?.to_owned() },
            "unknown_status" => Self::UnknownStatus,
            "unknown_type" => Self::UnknownType,
            "unknown_member" => Self::UnknownMember,
            "nulls" => Self::Nulls,
            "control_characters" => Self::ControlCharacters,
            _ => return Err(object.error("kind", "is unknown; see the OpenAPI document")),
        })
    }

    pub(super) fn to_json(&self) -> Value {
        let mut json = json!({ "kind": self.name() });
        let value = match self {
            Self::Delay(time) | Self::Drip(time) => Some(("milliseconds", json!(time.as_millis() as u64))),
            Self::TooManyRequests(retry_after) | Self::Unavailable(retry_after) => match retry_after {
                RetryAfter::Absent => None,
                RetryAfter::Seconds(seconds) => Some(("retryAfter", json!({ "seconds": seconds }))),
                RetryAfter::Date(seconds) => Some(("retryAfter", json!({ "date": seconds }))),
            },
            Self::Status(status) | Self::Html(status) | Self::Redirect { status, .. } => {
                Some(("status", json!(status)))
            }
            Self::Oversized(bytes) => Some(("bytes", json!(bytes))),
            _ => None,
        };
        if let Some((name, value)) = value {
            json[name] = value;
        }
        if let Self::Redirect { host, .. } = self {
            json["host"] = json!(host);
        }
        json
    }
}

impl RetryAfter {
    fn from_object(object: &Object<'_>) -> Result<Self, DataError> {
        let Some(retry_after) = object.optional_object("retryAfter")? else { return Ok(Self::Absent) };
        retry_after.has_only(&["seconds", "date"])?;
        let wrong = |name| retry_after.error(name, "must be a whole number");
        match (retry_after.member("seconds"), retry_after.member("date")) {
            (Ok(seconds), _) => seconds.as_u64().map(Self::Seconds).ok_or_else(|| wrong("seconds")),
            (_, Ok(date)) => date.as_i64().map(Self::Date).ok_or_else(|| wrong("date")),
            _ => Ok(Self::Absent),
        }
    }
}
