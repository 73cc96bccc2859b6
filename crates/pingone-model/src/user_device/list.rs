use super::ALL;
use crate::{
    Device, DeviceId, DeviceStatus, DeviceType, Filter, Ids, List, Operation, OperationInfo, Page, Query, UserId,
    operation::filter, reply::raw,
};

/// `GET /environments/{envID}/users/{userID}/devices`
///
/// Lists the devices of a user in their order, the default first if there is one.
///
/// ```
/// use pingone_model::{DeviceStatus, Operation, user_device::{DeviceFilter, ListUserDevices}};
///
/// let list = ListUserDevices::new("u-1").filter(DeviceFilter::status(DeviceStatus::Active)).expand_order();
/// let page = list.read(http::Response::new(
///     r#"{"_embedded": {"devices": [{"id": "d-2", "type": "SMS"}, {"id": "d-1", "type": "TOTP"}]}, "order": ["d-2", "d-1"]}"#.into(),
/// ))?;
/// assert_eq!(page.order().unwrap()[0], "d-2");
/// # Ok::<_, pingone_model::ResponseError>(())
/// ```
///
/// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/read-all-mfa-user-devices.html>
#[derive(Clone, Debug)]
pub struct ListUserDevices {
    user: UserId,
    query: Query,
    expand: [Option<&'static str>; 2],
}

impl ListUserDevices {
    /// Lists the devices of `user`.
    #[must_use]
    pub fn new(user: impl Into<UserId>) -> Self {
        Self { user: user.into(), query: Query::NONE, expand: [None; 2] }
    }

    /// Lists only the devices that match.
    #[must_use]
    pub fn filter(mut self, filter: DeviceFilter) -> Self {
        self.query = self.query.filter(filter.as_ref());
        self
    }

    /// How many devices a page has at most. The service may return fewer.
    #[must_use]
    pub fn limit(mut self, items: u32) -> Self {
        self.query = self.query.limit(items);
        self
    }

    /// Also asks for the [order](Page::order) of the devices.
    #[must_use]
    pub fn expand_order(mut self) -> Self {
        self.expand[0] = Some("order");
        self
    }

    /// Also asks for the names of the device types. How the reply has them is not documented: see
    /// [`as_json`](Page::as_json).
    #[must_use]
    pub fn expand_type_display_names(mut self) -> Self {
        self.expand[1] = Some("typeDisplayNames");
        self
    }
}

impl Operation for ListUserDevices {
    const INFO: &'static OperationInfo = &OperationInfo::get(
        "user_device.list",
        ALL,
        &["https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/read-all-mfa-user-devices.html"],
    );
    type Output = Page<Self>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(&self.user)
    }

    fn query(&self) -> Query {
        let expand: Vec<_> = self.expand.into_iter().flatten().collect();
        let query = self.query.clone();
        if expand.is_empty() { query } else { query.expand(&expand.join(",")) }
    }
}

impl List for ListUserDevices {
    type Item = Device;
    const ITEMS: &'static str = "devices";

    fn at(&self, query: Query) -> Self {
        Self { query, expand: [None; 2], ..self.clone() }
    }
}

filter! {
    /// A condition on the devices of a list.
    ///
    /// ```
    /// use pingone_model::{DeviceStatus, DeviceType, user_device::{DeviceFilter, ListUserDevices}};
    ///
    /// let active = DeviceFilter::status(DeviceStatus::Active);
    /// let list = ListUserDevices::new("u-1").filter(active.and(DeviceFilter::kind(DeviceType::Sms)));
    /// ```
    ///
    /// <https://developer.pingidentity.com/pingone-api/mfa/users/mfa-devices/read-all-mfa-user-devices.html>
    DeviceFilter
}

impl DeviceFilter {
    /// The devices with this status.
    #[must_use]
    pub fn status(status: DeviceStatus) -> Self {
        Self(Filter::eq("status", status.as_str()))
    }

    /// The devices of this type.
    #[must_use]
    pub fn kind(kind: DeviceType) -> Self {
        Self(Filter::eq("type", kind.as_str()))
    }
}

impl Page<ListUserDevices> {
    /// The ids of the active devices in their order, the default first, if the list was
    /// [asked for it](ListUserDevices::expand_order). `None` if the reply has no order.
    #[must_use]
    pub fn order(&self) -> Option<Vec<DeviceId>> {
        let page = self.as_json();
        // Where the reply has it was not seen.
        let order = raw::member(page, "order")
            .or_else(|| raw::member(page, "_embedded").and_then(|embedded| raw::member(embedded, "order")))?;
        let order: Vec<&serde_json::value::RawValue> = serde_json::from_str(order).ok()?;
        let id =
            |element: &str| raw::text(raw::member(element, "id").unwrap_or(element)).map(|id| DeviceId::from(&*id));
        Some(order.iter().filter_map(|element| id(element.get())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Environment, Region};

    #[test]
    fn what_is_asked_for_is_in_the_query() {
        let query = |list: ListUserDevices| {
            let request = list.request(&Environment::new(Region::Europe, "e-1")).unwrap();
            request.uri().query().map(str::to_owned)
        };
        let list = ListUserDevices::new("u-1");
        assert_eq!(query(list.clone()), None);
        assert_eq!(query(list.clone().expand_order()).unwrap(), "expand=order");
        let filter = DeviceFilter::status(DeviceStatus::Active).and(DeviceFilter::kind(DeviceType::Sms));
        let all = list.filter(filter).limit(5);
        assert_eq!(
            query(all.clone().expand_type_display_names().expand_order()).unwrap(),
            "filter=status%20eq%20%22ACTIVE%22%20and%20type%20eq%20%22SMS%22&limit=5&expand=order%2CtypeDisplayNames"
        );
        assert_eq!(query(all.at(Query::NONE.cursor("c"))).unwrap(), "cursor=c");
    }

    #[test]
    fn the_order_is_found_wherever_it_is() {
        let order = |members: &str| {
            let json = format!(r#"{{"_embedded":{{"devices":[]}}{members}}}"#);
            ListUserDevices::new("u-1").read(http::Response::new(json.into())).unwrap().order()
        };
        assert_eq!(order(""), None);
        assert_eq!(order(r#","order":[]"#), Some(vec![]));
        assert_eq!(order(r#","order":["d-1",7,{"id":"d-2"}]"#), Some(vec!["d-1".into(), "d-2".into()]));
        assert_eq!(order(r#","order":"d-1""#), None);
        let embedded = r#"{"_embedded":{"order":["d-1"],"devices":[]}}"#;
        let page = ListUserDevices::new("u-1").read(http::Response::new(embedded.into())).unwrap();
        assert_eq!(page.order(), Some(vec!["d-1".into()]));
    }
}
