//! Values that look random, never repeat, and are the same in every run.

/// What codes are made of that are typed: digits, and capital letters if there are to be any.
pub(crate) const DIGITS_AND_CAPITALS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// SplitMix64: a counter behind a mixing function that maps no two numbers to one, so a value returns only after 2^64.
#[derive(Clone, Debug)]
pub(crate) struct Sequence {
    counter: u64,
}

impl Sequence {
    /// Each kind of value has its own seed, so that they never coincide.
    pub(crate) const fn new(seed: [u8; 8]) -> Self {
        Self { counter: u64::from_be_bytes(seed) }
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.counter = self.counter.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.counter;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to but not including 1.
    pub(crate) fn fraction(&mut self) -> f64 {
        f64::from((self.number() >> 32) as u32) / (f64::from(u32::MAX) + 1.0)
    }

    /// Text in the shape of a UUID of version 4. Its first eight and last eight digits hold one whole number, which
    /// makes it unique.
    pub(crate) fn id(&mut self) -> String {
        let (unique, filler) = (self.number(), self.number());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:04x}{:08x}",
            unique >> 32,
            filler >> 48,
            filler >> 16 & 0xfff,
            0x8000 | filler & 0x3fff,
            filler >> 32 & 0xffff,
            unique & 0xffff_ffff,
        )
    }

    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.number().to_be_bytes()[..chunk.len()]);
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_have_the_shape_of_a_uuid_and_never_repeat() {
        let mut sequence = Sequence::new(*b"a seed 7");
        let ids: HashSet<String> = (0..10_000).map(|_| sequence.id()).collect();
        assert_eq!(ids.len(), 10_000);
        for id in ids {
            let lengths: Vec<usize> = id.split('-').map(str::len).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
            assert_eq!(id.as_bytes()[14], b'4', "{id}");
            assert!(id.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit()), "{id}");
        }
    }

    #[test]
    fn is_the_same_in_every_run() {
        assert_eq!(Sequence::new(*b"a seed 7").id(), Sequence::new(*b"a seed 7").id());
        assert_ne!(Sequence::new(*b"a seed 7").id(), Sequence::new(*b"a seed 8").id());
    }

    #[test]
    fn fills_bytes_of_any_length() {
        let bytes: [u8; 13] = Sequence::new(*b"a seed 7").bytes();
        assert!(bytes.iter().any(|&byte| byte > 127), "{bytes:?}");
        assert!(bytes[8..].iter().any(|&byte| byte != 0), "{bytes:?}");
    }
}
