//! What a service does with our results, and its unit tests: no socket, no time, no other crate of ours.

use pingone_blocking::{
    CallEvent, ChangeDeviceError, Client, DeviceChange, Document, Error, InitializeDeviceAuthentication, NextStep,
    PendingPush, Problem, UserId, WaitError, user::User, user_device::EnrolmentStep,
};

/// Sends a user a push.
pub fn begin(client: &Client, user: &UserId) -> Result<Option<PendingPush>, Error> {
    match client.send(InitializeDeviceAuthentication::new(user))?.into_next_step() {
        NextStep::Push(push) => Ok(Some(push)),
        _ => Ok(None),
    }
}

/// What the page says of an error.
pub fn notice(error: &Error) -> &'static str {
    match error.response_error().map(|refusal| refusal.problem()) {
        Some(Problem::WrongCode { .. }) => "wrong code",
        Some(Problem::Throttled { .. }) => "too often",
        None if error.maybe_applied() => "it may have been sent",
        _ => "try later",
    }
}

/// Where the page goes when the user wants another device.
pub fn next_page(change: Result<DeviceChange, ChangeDeviceError>, user: &UserId) -> String {
    match change {
        Ok(DeviceChange::Cancelled(others) | DeviceChange::TimedOut(others)) => {
            others.devices().map(|(id, _)| format!("/device/{id} ")).collect()
        }
        Ok(DeviceChange::AlreadyApproved(completed)) if completed.is_for(user) => "/in".to_owned(),
        Ok(DeviceChange::AlreadyDenied(_)) => "/denied".to_owned(),
        Ok(DeviceChange::StillPending { error, .. }) => format!("/push?lost={}", error.is_some()),
        Ok(_) => "/again".to_owned(),
        Err(failed) => format!("/push/{}", failed.push().map_or("", |push| push.id().as_str())),
    }
}

/// A metric's label for the end of a wait.
pub fn label(end: &WaitError) -> &'static str {
    match end {
        WaitError::Denied(_) => "denied",
        WaitError::TimedOut(_) => "timed_out",
        WaitError::Cancelled(_) => "cancelled",
        WaitError::Changed(_) => "changed",
        WaitError::Unknown(_) => "unknown",
        WaitError::Expired { .. } => "expired",
        WaitError::ReadFailed { .. } => "read_failed",
        WaitError::Stopped(_) => "stopped",
        _ => "other",
    }
}

/// Where a log-in goes once it is known who has this name.
pub fn first_page(found: Result<Option<Document<User>>, Error>) -> String {
    match found {
        Ok(Some(user)) => format!("/password/{}", user.id()),
        Ok(None) => "/password".to_owned(),
        Err(error) if error.problem() == Problem::NotPermitted => "/role".to_owned(),
        Err(_) => "/later".to_owned(),
    }
}

/// What the page of an enrolment shows.
pub fn instruction(step: &EnrolmentStep) -> String {
    match step {
        EnrolmentStep::SentCode(entry) => {
            format!("the code that was sent, {}", entry.test_otp().unwrap_or("not for tests"))
        }
        EnrolmentStep::TokenCode(_) => "the code that the token shows".to_owned(),
        EnrolmentStep::ExtraCode(extra) => format!("the next code of {}", extra.id()),
        EnrolmentStep::AuthenticatorApp(app) => app.key_uri().unwrap_or_default().to_owned(),
        EnrolmentStep::Passkey(passkey) => match passkey.options().map(|options| options.to_browser_json()) {
            Some(Ok(options)) => options,
            _ => "no options".to_owned(),
        },
        EnrolmentStep::PingIdDesktop(desktop) => desktop.options().unwrap_or_default().to_owned(),
        EnrolmentStep::Ready(device) => format!("{} is ready", device.id()),
        _ => "later".to_owned(),
    }
}

/// A line for a log, of what is worth one.
pub fn line(event: &CallEvent<'_>) -> Option<String> {
    match event {
        CallEvent::Attempt { operation, attempt, outcome: Ok(status), .. } => {
            Some(format!("{operation} #{attempt}: {status}"))
        }
        CallEvent::Attempt { operation, attempt, outcome: Err(error), .. } => {
            Some(format!("{operation} #{attempt}: {error}"))
        }
        CallEvent::Wait { .. } => Some("waits".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
