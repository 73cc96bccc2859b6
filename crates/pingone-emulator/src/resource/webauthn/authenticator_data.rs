use ciborium::Value;
use ring::digest;

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const BACKUP_ELIGIBLE: u8 = 0x08;
const BACKED_UP: u8 = 0x10;
const ATTESTED_CREDENTIAL: u8 = 0x40;
const EXTENSIONS: u8 = 0x80;

/// What an authenticator says, and signs.
#[derive(Debug)]
pub(crate) struct AuthenticatorData<'a> {
    rp_id_hash: &'a [u8],
    flags: u8,
    pub(crate) counter: u32,
    /// The credential that was made, in a registration.
    pub(crate) credential: Option<AttestedCredential<'a>>,
}

/// A credential that an authenticator has made.
#[derive(Debug)]
pub(crate) struct AttestedCredential<'a> {
    pub(crate) id: &'a [u8],
    /// In COSE.
    pub(crate) public_key: &'a [u8],
}

impl<'a> AuthenticatorData<'a> {
    /// Rule: AUTHENTICATOR_DATA_IS_WHOLE.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, &'static str> {
        let too_short = "authenticatorData is too short.";
        let (rp_id_hash, rest) = bytes.split_at_checked(32).ok_or(too_short)?;
        let (&[flags, a, b, c, d], mut rest) = rest.split_first_chunk().ok_or(too_short)?;
        let mut credential = None;
        if flags & ATTESTED_CREDENTIAL != 0 {
            let (found, after) = AttestedCredential::read(rest)
                .ok_or("The flags of authenticatorData announce a credential, which is missing or malformed.")?;
            (credential, rest) = (Some(found), after);
        }
        if flags & EXTENSIONS != 0 {
            rest = skip_map(rest)
                .ok_or("The flags of authenticatorData announce extensions, which are missing or malformed.")?;
        }
        if !rest.is_empty() {
            return Err("authenticatorData has trailing data.");
        }
        Ok(Self { rp_id_hash, flags, counter: u32::from_be_bytes([a, b, c, d]), credential })
    }

    /// Whether the passkey can be backed up, and whether it is.
    pub(crate) fn backup(&self) -> (bool, bool) {
        (self.flags & BACKUP_ELIGIBLE != 0, self.flags & BACKED_UP != 0)
    }

    /// Whether this is the relying party whose hash was signed.
    pub(crate) fn is_for(&self, rp_id: &str) -> bool {
        self.rp_id_hash == digest::digest(&digest::SHA256, rp_id.as_bytes()).as_ref()
    }

    /// Rule: RELYING_PARTY_MATCHES. Rule: USER_IS_PRESENT. Rule: BACKUP_NEEDS_ELIGIBILITY.
    pub(crate) fn check(&self, rp_id: &str, verified: bool) -> Result<(), &'static str> {
        let has = |flag: u8| self.flags & flag != 0;
        if !self.is_for(rp_id) {
            return Err("The relying party's hash does not match its id.");
        }
        if !has(USER_PRESENT) {
            return Err("The flags do not say that the user was present.");
        }
        if verified && !has(USER_VERIFIED) {
            return Err("The flags do not say that the user was verified.");
        }
        if has(BACKED_UP) && !has(BACKUP_ELIGIBLE) {
            return Err("The flags say that the passkey is backed up, but cannot be.");
        }
        Ok(())
    }
}

impl<'a> AttestedCredential<'a> {
    /// The authenticator's model, the credential's id and its key. Returns what follows, too.
    fn read(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (_model, rest) = bytes.split_at_checked(16)?;
        let (length, rest) = rest.split_first_chunk()?;
        let (id, key_and_rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        let rest = skip_map(key_and_rest)?;
        let public_key = key_and_rest.get(..key_and_rest.len() - rest.len())?;
        Some((Self { id, public_key }, rest))
    }
}

fn skip_map(mut bytes: &[u8]) -> Option<&[u8]> {
    let value: Value = ciborium::from_reader(&mut bytes).ok()?;
    value.is_map().then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(flags: u8, rest: &[u8]) -> Vec<u8> {
        [&[7; 32][..], &[flags, 0, 0, 1, 2], rest].concat()
    }

    #[test]
    fn flags_and_data_have_to_agree() {
        // A model of zeros, an id of two bytes, an empty map in the place of a key.
        let credential = [&[0; 16][..], &[0, 2, 5, 5, 0xa0]].concat();
        let both = [&credential[..], &[0xa1, 0x01, 0x02]].concat();
        for (flags, rest) in [(0x01, &[][..]), (0x41, &credential), (0x81, &[0xa0]), (0xc1, &both)] {
            let bytes = data(flags, rest);
            assert_eq!(AuthenticatorData::read(&bytes).map(|data| data.counter), Ok(258), "{flags:x}");
        }
        let cut = &credential[..credential.len() - 1];
        for (flags, rest, problem) in [
            (0x01, &[0][..], "trailing"),
            (0x01, &[0xa0], "trailing"),
            (0x41, &[], "a credential"),
            (0x41, cut, "a credential"),
            (0x41, &both, "trailing"),
            (0x81, &[], "extensions"),
            (0x81, &[0x01], "extensions"),
            (0x81, &[0xa1, 0x01], "extensions"),
            (0xc1, &credential, "extensions"),
        ] {
            let told = AuthenticatorData::read(&data(flags, rest)).unwrap_err().to_owned();
            assert!(told.contains(problem), "{flags:x} {rest:x?}: {told}");
        }
        assert!(AuthenticatorData::read(&[0; 36]).unwrap_err().contains("too short"));
    }
}
