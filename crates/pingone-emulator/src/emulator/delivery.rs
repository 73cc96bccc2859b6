//! Delivers a reply as its [`Delivery`] says.

use std::{io, time::Duration};

use axum::body::Body;
use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http_body_util::channel::{Channel, Sender};
use tokio::time::sleep;

use super::connection::Line;
use crate::exchange::{Delivery, Exchange};

/// How long the first half of a body has until the connection ends.
const UNTIL_TRUNCATED: Duration = Duration::from_millis(20);

pub(super) async fn deliver(exchange: Exchange, line: &Line) -> http::Response<Body> {
    let Exchange { response, delivery } = exchange;
    match delivery {
        Delivery::Whole => response.map(Body::from),
        Delivery::Delayed(time) => {
            sleep(time).await;
            response.map(Body::from)
        }
        Delivery::Reset => {
            line.cut();
            response.map(Body::from)
        }
        Delivery::Truncated => in_parts(response, |body, mut sender| async move {
            let _ = sender.send_data(body.slice(..body.len() / 2)).await;
            sleep(UNTIL_TRUNCATED).await;
            sender.abort(io::ErrorKind::UnexpectedEof.into());
        }),
        Delivery::ResetInBody => {
            let line = line.clone();
            in_parts(response, |body, mut sender| async move {
                let (first, second) = (body.slice(..body.len() / 2), body.slice(body.len() / 2..));
                let _ = sender.send_data(first).await;
                sleep(UNTIL_TRUNCATED).await;
                line.cut();
                let _ = sender.send_data(second).await;
            })
        }
        Delivery::Drip(pause) => in_parts(response, move |body, mut sender| async move {
            for index in 0..body.len() {
                // The client has gone.
                if sender.send_data(body.slice(index..=index)).await.is_err() {
                    return;
                }
                sleep(pause).await;
            }
        }),
    }
}

/// The response, whose body is sent by a task of its own.
fn in_parts<T: Future<Output = ()> + Send + 'static>(
    response: http::Response<Bytes>,
    send: impl FnOnce(Bytes, Sender<Bytes, io::Error>) -> T,
) -> http::Response<Body> {
    let (mut head, body) = response.into_parts();
    head.headers.insert(CONTENT_LENGTH, body.len().into());
    let (sender, channel) = Channel::new(1);
    tokio::spawn(send(body, sender));
    http::Response::from_parts(head, Body::new(channel))
}
