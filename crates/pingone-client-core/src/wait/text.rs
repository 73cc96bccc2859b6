//! A wait as text: `1:{deadline}:{id}:{device}`, or `key-1:{deadline}:{user}:{id}`. Parts are added only with another
//! number in front.

use std::{borrow::Cow, error, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Awaited, Wait};

const VERSION: &str = "1";

impl<T: Awaited> fmt::Display for Wait<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{VERSION}:{}:", T::PREFIX, self.deadline)?;
        self.awaited.write(f)
    }
}

impl<T: Awaited> FromStr for Wait<T> {
    type Err = ParseWaitError;

    fn from_str(text: &str) -> Result<Self, ParseWaitError> {
        let (version, rest) =
            text.strip_prefix(T::PREFIX).and_then(|text| text.split_once(':')).ok_or(ParseWaitError::NoWait)?;
        if version != VERSION {
            let is_number = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
            return Err(if is_number { ParseWaitError::OtherVersion } else { ParseWaitError::NoWait });
        }
        let (deadline, awaited) = rest.split_once(':').ok_or(ParseWaitError::NoWait)?;
        let deadline = deadline.parse().map_err(|_| ParseWaitError::NoWait)?;
        let awaited = T::parse(awaited).ok_or(ParseWaitError::NoWait)?;
        Ok(Self::restored(awaited, deadline))
    }
}

/// The text is not a [`Wait`] of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParseWaitError {
    /// It is no wait, is incomplete, or waits for something else: begin again.
    NoWait,
    /// Another version wrote it: resume it there, or begin again.
    OtherVersion,
}

impl fmt::Display for ParseWaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoWait => "this is not the text of a wait of this kind: begin again",
            Self::OtherVersion => "this wait was written by another version: resume it there, or begin again",
        })
    }
}

impl error::Error for ParseWaitError {}

impl<T: Awaited> Serialize for Wait<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, T: Awaited> Deserialize<'de> for Wait<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyWait, PushWait};

    #[test]
    fn a_key_s_text_is_its_own() {
        let wait: KeyWait = "key-1:1764100060000:u-1:k-1".parse().unwrap();
        assert_eq!((wait.user_id().as_str(), wait.id().as_str()), ("u-1", "k-1"));
        assert_eq!(wait.to_string(), "key-1:1764100060000:u-1:k-1");
        for text in ["1:5:u:k", "key-1:5:u", "key-1:5::k", "key-1:5:u:", "key-1:5:u:k:x", "key-:5:u:k", "key-x:5:u:k"] {
            assert_eq!(text.parse::<KeyWait>().unwrap_err(), ParseWaitError::NoWait, "{text}");
        }
        assert_eq!("key-2:5:u:k".parse::<KeyWait>().unwrap_err(), ParseWaitError::OtherVersion);
        assert_eq!("key-1:5:u:k".parse::<PushWait>().unwrap_err(), ParseWaitError::NoWait);
    }

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
