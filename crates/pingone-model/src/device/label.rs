//! What to call a device.

use std::collections::{HashMap, HashSet};

use super::{Device, DeviceModel, DeviceType};

impl Device {
    /// What people call it: its nickname, or what it is and where its codes go, which the service masks in an
    /// authentication and nowhere else, such as `E-mail, ad****@example.com`. It is English, for a page without words of its own.
    ///
    /// Two devices may have the same; the labels of a [list](crate::DeviceSelection::labels) differ.
    #[must_use]
    pub fn label(&self) -> String {
        match self.nickname().map(str::trim).filter(|name| !name.is_empty()) {
            Some(name) => name.to_owned(),
            None => self.description(),
        }
    }

    /// Without a nickname.
    fn description(&self) -> String {
        let model = self.model().and_then(|model| DeviceModel::marketing_name(model).or(model.name()));
        let what = match self.kind() {
            Some(DeviceType::Sms) => "Text message",
            Some(DeviceType::Voice) => "Phone call",
            Some(DeviceType::Email) => "E-mail",
            Some(DeviceType::WhatsApp) => "WhatsApp",
            Some(DeviceType::Totp) => "Authenticator app",
            Some(DeviceType::OathToken) => "Token",
            Some(DeviceType::Mobile | DeviceType::PingIdMobile) => model.unwrap_or("Phone"),
            Some(DeviceType::Fido2 | DeviceType::Platform | DeviceType::SecurityKey) => "Passkey",
            Some(DeviceType::PingIdDesktop | DeviceType::PingIdDesktopGen2) => "PingID Desktop",
            Some(DeviceType::YubiKey) => "YubiKey",
            Some(DeviceType::Browser) => "Browser",
            Some(other) => other.as_str(),
            None => "Device",
        };
        match self.email().or(self.phone()) {
            Some(address) => format!("{what}, {address}"),
            None => what.to_owned(),
        }
    }
}

/// A different label for each device: equal nicknames are followed by the kind of device, or else by a number.
pub(crate) fn distinct<'a>(devices: impl Iterator<Item = &'a Device> + Clone) -> Vec<String> {
    let mut labels: Vec<_> = devices.clone().map(Device::label).collect();
    let shared = counts(&labels);
    for (label, device) in labels.iter_mut().zip(devices) {
        let description = device.description();
        if shared[label] > 1 && *label != description {
            *label = format!("{label} ({description})");
        }
    }
    let shared = counts(&labels);
    let mut taken: HashSet<String> = labels.iter().cloned().collect();
    let mut numbers = HashMap::new();
    for label in &mut labels {
        if shared[label] > 1 {
            let number: &mut usize = numbers.entry(label.clone()).or_default();
            let numbered = loop {
                *number += 1;
                let numbered = format!("{label} {number}");
                if !taken.contains(&numbered) {
                    break numbered;
                }
            };
            taken.insert(numbered.clone());
            *label = numbered;
        }
    }
    labels
}

fn counts(labels: &[String]) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for label in labels {
        *counts.entry(label.clone()).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::{DeviceAuthentication, Document, NextStep};

    fn labels(devices: &str) -> Vec<String> {
        let json =
            format!(r#"{{"id":"a","status":"DEVICE_SELECTION_REQUIRED","_embedded":{{"devices":[{devices}]}}}}"#);
        let NextStep::DeviceSelection(selection) =
            Document::<DeviceAuthentication>::from_json(json).unwrap().into_next_step()
        else {
            panic!("no selection")
        };
        selection.labels().into_iter().map(|(.., label)| label).collect()
    }

    #[test]
    fn a_device_is_called_by_its_nickname_or_by_what_it_is() {
        assert_eq!(
            labels(
                r#"{"id":"1","type":"EMAIL","email":"ad****@example.com"},{"id":"2","type":"SMS","phone":"*******44"},
                {"id":"3","type":"MOBILE","model":{"marketingName":"Pixel 9","name":"X1"}},{"id":"4","type":"MOBILE"},
                {"id":"5","type":"TOTP","nickname":"Work"},{"id":"6","type":"NEW"},{"id":"7"},{"id":"8","type":"FIDO2","nickname":" "}"#
            ),
            [
                "E-mail, ad****@example.com",
                "Text message, *******44",
                "Pixel 9",
                "Phone",
                "Work",
                "NEW",
                "Device",
                "Passkey"
            ]
        );
    }

    #[test]
    fn no_two_of_a_list_are_alike() {
        assert_eq!(
            labels(
                r#"{"id":"1","type":"SMS","phone":"*44"},{"id":"2","type":"VOICE","phone":"*44"},{"id":"3","type":"SMS","phone":"*44"},
                {"id":"4","type":"TOTP","nickname":"Mine"},{"id":"5","type":"FIDO2","nickname":"Mine"},
                {"id":"6","nickname":"Text message, *44 1"}"#
            ),
            [
                "Text message, *44 2",
                "Phone call, *44",
                "Text message, *44 3",
                "Mine (Authenticator app)",
                "Mine (Passkey)",
                "Text message, *44 1",
            ]
        );
        let many: Vec<_> =
            (0..50).map(|id| format!(r#"{{"id":"{id}","nickname":"x{}"}}"#, ["", " 1", " 2"][id % 3])).collect();
        let labels = labels(&many.join(","));
        assert_eq!(labels.iter().collect::<BTreeSet<_>>().len(), 50, "{labels:?}");
    }
}
