/// Which of PingOne's two hosts an operation is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Host {
    /// `{authPath}`: authentications, tokens.
    Auth,
    /// `{apiPath}`: users, devices, policies, settings.
    Api,
}
