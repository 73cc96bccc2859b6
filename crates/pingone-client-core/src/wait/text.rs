//! A wait as text: `1:{deadline}:{id}:{device}`. Parts are added only with another number in front.

use std::{borrow::Cow, error, fmt, str::FromStr};

use pingone_model::DeviceAuthenticationId;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::PushWait;

const VERSION: &str = "1";

impl fmt::Display for PushWait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // As they are: an id's own `Display` is for people.
        write!(f, "{VERSION}:{}:{}:", self.deadline_in_milliseconds(), self.id().as_str())?;
        self.device_id().map_or(Ok(()), |device| f.write_str(device.as_str()))
    }
}

impl FromStr for PushWait {
    type Err = ParseWaitError;

    fn from_str(text: &str) -> Result<Self, ParseWaitError> {
        let (version, rest) = text.split_once(':').ok_or(ParseWaitError::NoWait)?;
        if version != VERSION {
            let is_number = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
            return Err(if is_number { ParseWaitError::OtherVersion } else { ParseWaitError::NoWait });
        }
        let mut parts = rest.splitn(3, ':');
        let (Some(deadline), Some(id), Some(device)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(ParseWaitError::NoWait);
        };
        let deadline = deadline.parse().map_err(|_| ParseWaitError::NoWait)?;
        let id = DeviceAuthenticationId::from(id);
        id.checked().map_err(|_| ParseWaitError::NoWait)?;
        Ok(Self::restored(id, (!device.is_empty()).then(|| device.into()), deadline))
    }
}

/// The text is not that of a [`PushWait`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseWaitError {
    /// No version wrote it, or not all of it is there: begin another authentication.
    NoWait,
    /// Another version wrote it: resume it there, or begin another authentication.
    OtherVersion,
}

impl fmt::Display for ParseWaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoWait => "this is not the text of a wait: begin another authentication",
            Self::OtherVersion => {
                "this wait was written by another version: resume it there, or begin another authentication"
            }
        })
    }
}

impl error::Error for ParseWaitError {}

impl Serialize for PushWait {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PushWait {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_wait_are_the_same() {
        for text in ["1:1764100060000:a-1:d-1", "1:0:a:", "1:5:a:d:with:colons", "1:5:a:d\n\u{1b}"] {
            let wait: PushWait = text.parse().unwrap();
            assert_eq!(wait.to_string(), text);
            let json = serde_json::to_string(&wait).unwrap();
            assert_eq!(serde_json::from_str::<PushWait>(&json).unwrap().to_string(), text);
        }
        let wait: PushWait = "1:5:a:d:with:colons".parse().unwrap();
        assert_eq!(wait.device_id().unwrap().as_str(), "d:with:colons");
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "1", "1:", "1:5", "1:5:a", "1:x:a:d", "1:-1:a:d", "1:5::d", "1:5:a/b:d", "1:5:..:d", "a:5:a:d"]
        {
            assert_eq!(text.parse::<PushWait>().unwrap_err(), ParseWaitError::NoWait, "{text}");
        }
        assert_eq!("2:a:b".parse::<PushWait>().unwrap_err(), ParseWaitError::OtherVersion);
        assert!(serde_json::from_str::<PushWait>("7").is_err());
    }
}
