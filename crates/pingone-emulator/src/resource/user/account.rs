use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    clock::iso,
    object::{DataError, Object},
};

/// Whether and how a user may log in. Users cannot change it themselves.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) is_enabled: bool,
    pub(crate) lock: Option<Lock>,
    pub(crate) mfa_enabled: bool,
    pub(crate) bypass_mfa_until: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Lock {
    pub(crate) at: Timestamp,
    /// `None` if it does not end by itself.
    pub(crate) until: Option<Timestamp>,
}

impl Lock {
    fn holds(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

impl Account {
    /// An account without restrictions.
    pub(super) fn open() -> Self {
        Self { is_enabled: true, lock: None, mfa_enabled: true, bypass_mfa_until: None }
    }

    /// The lock that is in force now.
    ///
    /// Rule: LOCK_ENDS_BY_ITSELF.
    pub(crate) fn lock(&self, now: Timestamp) -> Option<Lock> {
        self.lock.filter(|lock| lock.holds(now))
    }

    /// Until when MFA may be bypassed, if it may be now.
    pub(crate) fn bypass(&self, now: Timestamp) -> Option<Timestamp> {
        self.bypass_mfa_until.filter(|until| now < *until)
    }

    /// The member `account` of a user.
    ///
    /// Rule: ACCOUNT_TELLS_THE_LOCK.
    pub(super) fn to_json(&self, now: Timestamp) -> Value {
        let Some(lock) = self.lock(now) else {
            return json!({ "canAuthenticate": self.is_enabled, "status": "OK" });
        };
        let mut account = json!({ "canAuthenticate": false, "status": "LOCKED", "lockedAt": iso(lock.at) });
        if let Some(until) = lock.until {
            account["unlockAt"] = iso(until).into();
            // Rounded up: while it is locked, some time is left.
            let milliseconds = until.duration_since(now).as_millis().try_into().unwrap_or(u64::MAX);
            account["secondsUntilUnlock"] = milliseconds.div_ceil(1000).into();
        }
        account
    }

    pub(super) fn from_data(user: &Object<'_>) -> Result<Self, DataError> {
        let open = Self::open();
        Ok(Self {
            is_enabled: user.flag("enabled")?.unwrap_or(open.is_enabled),
            lock: user.optional_object("account")?.map(|account| lock(&account)).transpose()?.flatten(),
            mfa_enabled: user.flag("mfaEnabled")?.unwrap_or(open.mfa_enabled),
            bypass_mfa_until: user.optional_time("bypassMFAEnabledUntil")?,
        })
    }

    pub(super) fn to_data(&self) -> Vec<(&'static str, Value)> {
        let mut data = vec![("enabled", self.is_enabled.into()), ("mfaEnabled", self.mfa_enabled.into())];
        if let Some(lock) = self.lock {
            let mut account = json!({ "lockedAt": iso(lock.at) });
            if let Some(until) = lock.until {
                account["unlockAt"] = iso(until).into();
            }
            data.push(("account", account));
        }
        data.extend(self.bypass_mfa_until.map(|until| ("bypassMFAEnabledUntil", iso(until).into())));
        data
    }
}

fn lock(account: &Object<'_>) -> Result<Option<Lock>, DataError> {
    account.has_only(&["lockedAt", "unlockAt"])?;
    let until = account.optional_time("unlockAt")?;
    Ok(account.optional_time("lockedAt")?.map(|at| Lock { at, until }))
}
