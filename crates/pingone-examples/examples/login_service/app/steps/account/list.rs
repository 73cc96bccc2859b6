use axum::{
    extract::{Query, State},
    response::Response,
};
use pingone_async::{Device, DeviceStatus, Document, user_device::ListUserDevices};
use serde::Deserialize;

use super::{
    super::super::{
        notice::Notice,
        pages,
        people::Who,
        service::{Service, told, unknown},
        session::{Member, Session},
    },
    Done,
};

#[derive(Deserialize)]
pub(crate) struct AccountQuery {
    done: Option<Done>,
}

/// The user's devices.
pub(crate) async fn account(
    State(service): State<Service>,
    Member(session): Member,
    Query(query): Query<AccountQuery>,
) -> Response {
    service.show_account(&session, query.done, None).await
}

impl Service {
    pub(super) async fn show_account(
        &self,
        session: &Session,
        done: Option<Done>,
        notice: Option<&Notice>,
    ) -> Response {
        match self.devices_of(&session.who).await {
            Ok(devices) => told(notice, pages::account(&devices, done, notice)),
            Err(notice) => unknown(&notice),
        }
    }

    /// All devices of a user, the default first.
    pub(in super::super) async fn devices_of(&self, who: &Who) -> Result<Vec<Document<Device>>, Notice> {
        let mut items = self.client.items(ListUserDevices::new(&who.user));
        let mut devices = vec![];
        while let Some(device) = items.next().await {
            devices.push(device.map_err(|error| Notice::of_change(&error))?);
        }
        Ok(devices)
    }

    /// Whether there is an active device, even if it cannot be used at the moment.
    pub(in super::super) async fn has_device(&self, who: &Who) -> Result<bool, Notice> {
        let devices = self.devices_of(who).await?;
        Ok(devices.iter().any(|device| device.status() == Some(&DeviceStatus::Active)))
    }
}
